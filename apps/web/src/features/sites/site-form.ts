import { type Site, SiteInput } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';

/** The fields of the site form, as text. */
export type SiteFields = Record<
  'customerId' | 'name' | 'timeZone' | 'address' | 'emergencyLocation' | 'latitude' | 'longitude',
  string
>;

export function fieldsOf(site: Site | undefined, customerId: string | undefined, zone: string): SiteFields {
  return {
    customerId: site?.customer.id ?? customerId ?? '',
    name: site?.name ?? '',
    timeZone: site?.timeZone ?? zone,
    address: site?.address ?? '',
    emergencyLocation: site?.emergencyLocation ?? '',
    latitude: site?.latitude?.toString() ?? '',
    longitude: site?.longitude?.toString() ?? '',
  };
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
  return { [input.latitude === null ? 'latitude' : 'longitude']: 'Give both or neither.' };
}

/** People paste coordinates with a comma as decimal mark. What is no number becomes NaN, which the schema refuses. */
function coordinate(text: string | undefined): number | null {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : Number(trimmed.replace(',', '.'));
}
