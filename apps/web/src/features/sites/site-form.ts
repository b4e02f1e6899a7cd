import { type Site, SiteInput } from '@loopstart/contracts';
import { SITE_TAGS_MAX, TAG_PATTERN } from '@loopstart/domain';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/sites.ts';

/** The fields of the site form, as text. */
export type SiteFields = Record<
  'customerId' | 'name' | 'timeZone' | 'address' | 'emergencyLocation' | 'latitude' | 'longitude' | 'tags',
  string
>;

export function fieldsOf(site: Site | undefined, customerId: string | undefined): SiteFields {
  return {
    customerId: site?.customer.id ?? customerId ?? '',
    name: site?.name ?? '',
    timeZone: site?.timeZone ?? '',
    address: site?.address ?? '',
    emergencyLocation: site?.emergencyLocation ?? '',
    latitude: site?.latitude?.toString() ?? '',
    longitude: site?.longitude?.toString() ?? '',
    // Tags of a site that is there are changed in a dialog of their own, which says who sees it then.
    tags: '',
  };
}

/** The zone that a new site most likely is in, and why; null where nothing tells it. */
export function likelyZone(
  siblings: readonly Pick<Site, 'timeZone'>[],
  browser: string,
): { zone: string; from: 'customer' | 'browser' } | null {
  const zones = new Set(siblings.map((site) => site.timeZone));
  const [one] = zones;
  if (zones.size === 1 && one !== undefined) return { zone: one, from: 'customer' };
  // A machine in UTC is set up so, seldom there: a site in the wrong zone would be wrong by hours without a word.
  return browser === '' || browser === 'UTC' ? null : { zone: browser, from: 'browser' };
}

/** Form fields as the contract has them; an empty coordinate is no coordinate, never zero. */
export function siteInputOf(fields: Partial<SiteFields>): z.input<typeof SiteInput> {
  return {
    customerId: fields.customerId ?? '',
    name: fields.name ?? '',
    timeZone: fields.timeZone ?? '',
    address: fields.address ?? '',
    emergencyLocation: fields.emergencyLocation ?? '',
    latitude: coordinate(fields.latitude),
    longitude: coordinate(fields.longitude),
    tags: tagsOf(fields.tags ?? ''),
  };
}

/** Tags as typed: with spaces or commas between, in small letters. */
export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,]+/u)
      .filter((tag) => tag !== ''),
  ),
];

/** What is wrong with tags, in words; undefined where nothing is. */
export function tagsError(tags: readonly string[]): string | undefined {
  const invalid = tags.find((tag) => !TAG_PATTERN.test(tag));
  if (invalid !== undefined) return t('tagInvalid', { tag: invalid });
  return tags.length > SITE_TAGS_MAX ? t('tagsMax', { count: SITE_TAGS_MAX }) : undefined;
}

/** Half a position is none: both coordinates or neither. */
export function checkSite(input: Pick<z.output<typeof SiteInput>, 'latitude' | 'longitude'>): FieldErrors {
  if ((input.latitude === null) === (input.longitude === null)) return {};
  return { [input.latitude === null ? 'latitude' : 'longitude']: t('enterBothNeither') };
}

/** People paste coordinates with a comma as decimal mark. What is no number becomes NaN, which the schema refuses. */
function coordinate(text: string | undefined): number | null {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : Number(trimmed.replace(',', '.'));
}
