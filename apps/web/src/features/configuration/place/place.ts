import type { ConfigPlace } from '@loopstart/contracts';
import { EDITABLE_SETTING_LAYERS } from '@loopstart/domain';
import { z } from 'zod';

export type Place = ConfigPlace;

/** The place in the address of a page; the operator where it names none. */
export const PlaceFilters = z.object({
  layer: z.enum(EDITABLE_SETTING_LAYERS).optional(),
  customerId: z.string().optional(),
  siteId: z.string().optional(),
  vendor: z.string().optional(),
  model: z.string().optional(),
  gatewayId: z.string().optional(),
  position: z.coerce.number().int().optional(),
});
export type PlaceParts = z.output<typeof PlaceFilters>;

/** The place that the parts name; null while one is missing. */
export function placeOf({ layer = 'operator', ...parts }: PlaceParts): Place | null {
  const { customerId, siteId, vendor, model, gatewayId, position } = parts;
  switch (layer) {
    case 'operator':
      return { layer };
    case 'customer':
      return customerId === undefined ? null : { layer, customerId };
    case 'site':
      return siteId === undefined ? null : { layer, siteId };
    case 'gateway-model':
      return vendor === undefined || model === undefined ? null : { layer, vendor, model };
    case 'gateway':
      return gatewayId === undefined ? null : { layer, gatewayId };
    case 'port':
      return gatewayId === undefined || position === undefined ? null : { layer, gatewayId, position };
  }
}

/** A place as parameters of an address. */
export function placeParams(place: Place): PlaceParts & { layer: Place['layer'] } {
  return { ...place };
}

/** The address of the settings of a place. */
export function placePath(place: Place): string {
  const search = new URLSearchParams(Object.entries(placeParams(place)).map(([key, value]) => [key, String(value)]));
  return `/configuration?${search.toString()}`;
}

/** Two places are the same where all their parts are. */
export function isSamePlace(one: Place, other: Place): boolean {
  const parts = (place: Place) => JSON.stringify(Object.entries(placeParams(place)).sort());
  return parts(one) === parts(other);
}
