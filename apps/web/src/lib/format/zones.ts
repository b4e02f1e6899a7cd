import { zoneLabel } from './time.ts';

/** Zones listed at most; whoever sees more has not typed enough. */
const MOST = 60;

/** The place of an IANA zone: "Sydney", "Buenos Aires"; zones without a place keep their name. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** "Sydney (Australia), GMT+11": by what people know it, with what its clocks show now. */
export function zoneWord(zone: string, atMs: number): string {
  const region = zone.includes('/')
    ? zone.slice(0, zone.lastIndexOf('/')).replaceAll('_', ' ').replaceAll('/', ', ')
    : '';
  const offset = zoneLabel(atMs, zone);
  const name = region === '' ? zoneCity(zone) : `${zoneCity(zone)} (${region})`;
  return offset === zone ? name : `${name}, ${offset}`;
}

/** Zones of which every word typed is a part, by city or region, cities that begin so first. */
export function findZones(zones: readonly string[], text: string): { found: string[]; more: number } {
  const words = plain(text).split(' ').filter(Boolean);
  const matching = zones.filter((zone) => words.every((word) => plain(zone).includes(word)));
  const first = words[0] ?? '';
  matching.sort(
    (a, b) =>
      Number(plain(zoneCity(b)).startsWith(first)) - Number(plain(zoneCity(a)).startsWith(first)) ||
      a.localeCompare(b, 'en'),
  );
  return { found: matching.slice(0, MOST), more: Math.max(0, matching.length - MOST) };
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[_/,()]+/g, ' ')
    .trim();
}
