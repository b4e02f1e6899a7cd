import { type Site, SiteInput } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/sites.ts';

/** The fields of the site form, as text. */
export type SiteFields = Record<
  'customerId' | 'name' | 'timeZone' | 'address' | 'emergencyLocation' | 'latitude' | 'longitude',
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
  };
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
