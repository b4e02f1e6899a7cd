import { describe, expect, test } from 'vitest';
import { isSamePlace, type Place, PlaceFilters, placeOf, placePath } from './place.ts';

const PLACES: Place[] = [
  { layer: 'operator' },
  { layer: 'customer', customerId: 'c' },
  { layer: 'site', siteId: 's' },
  { layer: 'gateway-model', vendor: 'Grandstream', model: 'HT 814' },
  { layer: 'gateway', gatewayId: 'g' },
  { layer: 'port', gatewayId: 'g', position: 3 },
];

describe('a place of settings', () => {
  test.each(PLACES)('is found again by its address: $layer', (place) => {
    const { searchParams } = new URL(placePath(place), 'http://console');
    expect(placeOf(PlaceFilters.parse(Object.fromEntries(searchParams)))).toEqual(place);
  });

  test('is the operator where the address names none, and none while a part is missing', () => {
    expect(placeOf({})).toEqual({ layer: 'operator' });
    for (const { layer } of PLACES.slice(1)) expect(placeOf({ layer })).toBeNull();
  });

  test('is the same as itself alone', () => {
    for (const one of PLACES) for (const other of PLACES) expect(isSamePlace(one, { ...other })).toBe(one === other);
  });
});
