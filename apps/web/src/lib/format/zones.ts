import { zoneLabel, zonePlace } from './time.ts';

/** Zones listed at most; whoever sees more has not typed enough. */
const MOST = 60;

/** "Sydney (Australia), GMT+11": by what people know it, with what its clocks show now. */
export function zoneWord(zone: string, atMs: number): string {
  const region = zone.includes('/')
    ? zone.slice(0, zone.lastIndexOf('/')).replaceAll('_', ' ').replaceAll('/', ', ')
    : '';
  const offset = zoneLabel(atMs, zone);
  const name = region === '' ? zone : `${zonePlace(atMs, zone)} (${region})`;
  return offset === zone ? name : `${name}, ${offset}`;
}

/** Zones of which every word typed is a part, by city or region, cities that begin so first. */
export function findZones(zones: readonly string[], text: string): { found: string[]; more: number } {
  const words = plain(text).split(' ').filter(Boolean);
  const matching = zones.filter((zone) => words.every((word) => plain(zone).includes(word)));
  const first = words[0] ?? '';
  matching.sort(
    (a, b) =>
      Number(plain(cityOf(b)).startsWith(first)) - Number(plain(cityOf(a)).startsWith(first)) ||
      a.localeCompare(b, 'en'),
  );
  return { found: matching.slice(0, MOST), more: Math.max(0, matching.length - MOST) };
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1);
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[_/,()]+/g, ' ')
    .trim();
}
