import type { AlertPlace, AlertRecord, Verdict } from '../types.ts';
import { NOWHERE } from './view.ts';

/** Members by what they have in common; those of which it is not known are left out. */
export function groupBy(
  records: readonly AlertRecord[],
  key: (record: AlertRecord) => string | null,
): Map<string, AlertRecord[]> {
  const groups = new Map<string, AlertRecord[]>();
  for (const record of records) {
    const name = key(record);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [record]);
    else group.push(record);
  }
  return groups;
}

/** Unknown only where nothing is known of any member. */
export function verdictOf(records: readonly AlertRecord[]): Verdict {
  return records.every((record) => record.verdict === 'unknown') ? 'unknown' : 'bad';
}

/** One member for each gateway: the one that began first. */
export function distinctGateways(records: readonly AlertRecord[]): AlertRecord[] {
  const first = new Map<string, AlertRecord>();
  for (const record of records) {
    const id = record.where.gatewayId ?? record.key;
    const known = first.get(id);
    if (known === undefined || (record.badSince ?? 0) < (known.badSince ?? 0)) first.set(id, record);
  }
  return [...first.values()];
}

/** The customer, and the site, that all have in common. */
export function commonPlace(records: readonly AlertRecord[]): AlertPlace {
  const same = (read: (place: AlertPlace) => string | null) => {
    const first = records[0] === undefined ? null : read(records[0].where);
    return records.every((record) => read(record.where) === first) ? first : null;
  };
  return { ...NOWHERE, customerId: same((place) => place.customerId), siteId: same((place) => place.siteId) };
}

/** When the members began, ascending. */
export function beginnings(records: readonly AlertRecord[], now: number): number[] {
  return records.map((record) => record.badSince ?? now).sort((a, b) => a - b);
}

/** The largest number of times that lie within one window, and the first of them. `times` ascend. */
export function densest(times: readonly number[], windowMs: number): { count: number; from: number | null } {
  let count = 0;
  let from: number | null = null;
  let first = 0;
  times.forEach((time, last) => {
    while (time - times[first]! > windowMs) first += 1;
    if (last - first + 1 <= count) return;
    count = last - first + 1;
    from = times[first]!;
  });
  return { count, from };
}
