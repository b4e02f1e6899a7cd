import { t } from '../../../messages/sites.ts';

export interface Place {
  latitude: number;
  longitude: number;
}
export interface Point {
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}

export interface Projection {
  /** Where a place is drawn, in the units of the given size. */
  at: (place: Place) => Point;
  /** What the frame shows, in degrees. */
  bounds: { west: number; east: number; south: number; north: number };
}

/** So that a single site, or several in one street, do not fill the frame with nothing around them. */
const SPAN_MIN_DEGREES = 0.5;
/** Latitudes beyond this are not drawn to scale: the cosine goes to zero at the poles. */
const LATITUDE_MAX = 80;

/**
 * An equirectangular projection that fits the places into a frame, true to scale at the middle latitude.
 * `padding` is kept free at each edge, in the units of `size`. Throws RangeError without places.
 */
export function fitPlaces(places: readonly Place[], size: Size, padding: number): Projection {
  if (places.length === 0) throw new RangeError('A map needs at least one place');
  const latitudes = places.map((place) => place.latitude);
  const longitudes = places.map((place) => place.longitude);
  const middle = {
    latitude: (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
    longitude: (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
  };
  const squeeze = Math.cos((Math.min(Math.abs(middle.latitude), LATITUDE_MAX) * Math.PI) / 180);
  const spanLatitude = Math.max(SPAN_MIN_DEGREES, Math.max(...latitudes) - Math.min(...latitudes));
  const spanLongitude = Math.max(SPAN_MIN_DEGREES, Math.max(...longitudes) - Math.min(...longitudes));
  const perDegree = Math.min(
    (size.height - 2 * padding) / spanLatitude,
    (size.width - 2 * padding) / (spanLongitude * squeeze),
  );
  const halfWidth = size.width / 2 / (perDegree * squeeze);
  const halfHeight = size.height / 2 / perDegree;
  return {
    at: ({ latitude, longitude }) => ({
      x: size.width / 2 + (longitude - middle.longitude) * squeeze * perDegree,
      y: size.height / 2 - (latitude - middle.latitude) * perDegree,
    }),
    bounds: {
      west: middle.longitude - halfWidth,
      east: middle.longitude + halfWidth,
      south: middle.latitude - halfHeight,
      north: middle.latitude + halfHeight,
    },
  };
}

const STEPS_DEGREES = [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 45] as const;

/** The meridians or parallels to draw between two degrees: round ones, at most `most` of them. */
export function graticule(from: number, to: number, most: number): number[] {
  const step = STEPS_DEGREES.find((candidate) => (to - from) / candidate <= most) ?? 90;
  const lines: number[] = [];
  for (let index = Math.ceil(from / step); index * step <= to; index += 1) lines.push(index * step);
  return lines;
}

/** A parallel in words: "51° N", "0°". */
export function latitudeLabel(degrees: number): string {
  return label(degrees, t('n'), t('s'));
}

/** A meridian in words: "13.5° E". Beyond the date line it goes on from the other side. */
export function longitudeLabel(degrees: number): string {
  return label(((((degrees + 180) % 360) + 360) % 360) - 180, t('e'), t('w'));
}

function label(degrees: number, positive: string, negative: string): string {
  const size = Number(Math.abs(degrees).toFixed(2));
  return size === 0 ? '0°' : `${size}° ${degrees > 0 ? positive : negative}`;
}
