import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPlaces, graticule, latitudeLabel, longitudeLabel } from './projection.ts';

const size = { width: 800, height: 400 };
const place = fc.record({
  latitude: fc.double({ min: -85, max: 85, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('fitting places into a frame', () => {
  test('every place is inside the padding', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (places) => {
        const projection = fitPlaces(places, size, 40);
        for (const { x, y } of places.map(projection.at)) {
          expect(x).toBeGreaterThanOrEqual(40 - 1e-6);
          expect(x).toBeLessThanOrEqual(760 + 1e-6);
          expect(y).toBeGreaterThanOrEqual(40 - 1e-6);
          expect(y).toBeLessThanOrEqual(360 + 1e-6);
        }
      }),
    );
  });

  test('north is up and east is right', () => {
    const berlin = { latitude: 52.5, longitude: 13.4 };
    const porto = { latitude: 41.1, longitude: -8.6 };
    const { at } = fitPlaces([berlin, porto], size, 40);
    expect(at(berlin).y).toBeLessThan(at(porto).y);
    expect(at(berlin).x).toBeGreaterThan(at(porto).x);
  });

  test('one place is in the middle, with some country around it', () => {
    const { at, bounds } = fitPlaces([{ latitude: 52.5, longitude: 13.4 }], size, 40);
    expect(at({ latitude: 52.5, longitude: 13.4 })).toEqual({ x: 400, y: 200 });
    expect(bounds.north - bounds.south).toBeGreaterThanOrEqual(0.5);
  });

  test('nothing to fit is refused', () => {
    expect(() => fitPlaces([], size, 40)).toThrow(RangeError);
  });
});

describe('the graticule', () => {
  test.for([
    { from: 40, to: 55, most: 6, lines: [40, 45, 50, 55] },
    { from: -8.6, to: 13.4, most: 5, lines: [-5, 0, 5, 10] },
    { from: 51.9, to: 53.1, most: 4, lines: [52, 52.5, 53] },
  ])('between $from and $to at most $most lines', ({ from, to, most, lines }) => {
    expect(graticule(from, to, most)).toEqual(lines);
  });

  test('never more lines than asked for, and one where a line passes exactly', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -170, max: 0, noNaN: true }),
        fc.double({ min: 0.5, max: 170, noNaN: true }),
        (from, to) => {
          expect(graticule(from, to, 6).length).toBeLessThanOrEqual(7);
        },
      ),
    );
  });

  test.for([
    [51, '51° N'],
    [-33.5, '33.5° S'],
    [0, '0°'],
  ] as const)('parallel %d is %s', ([degrees, words]) => expect(latitudeLabel(degrees)).toBe(words));

  test.for([
    [13.5, '13.5° E'],
    [-90, '90° W'],
    [190, '170° W'],
  ] as const)('meridian %d is %s', ([degrees, words]) => expect(longitudeLabel(degrees)).toBe(words));
});
