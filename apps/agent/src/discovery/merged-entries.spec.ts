import { describe, expect, test } from 'vitest';
import type { BookEntry } from './book-entry.ts';
import { type KnownMerges, mergedEntries } from './merged-entries.ts';

const port = (position: number, portKey: string) =>
  ({ position, key: String(position), portKey, kind: 'fxs', name: null }) as const;
const entry = (gatewayId: string, more: Partial<BookEntry> = {}): BookEntry => ({
  gatewayId,
  basis: 'serial',
  name: `serial:AudioCodes:${gatewayId}`,
  vendor: 'AudioCodes',
  model: 'MP-118',
  driverId: 'audiocodes',
  driverRevision: 1,
  firmware: null,
  revision: 10,
  inventoryDigest: 'as sent',
  lastAnswerAt: 1_000,
  found: null,
  requestSize: null,
  spent: [],
  conflict: null,
  formerGatewayId: null,
  ports: [port(1, `name:${gatewayId}`)],
  ...more,
});
/** a and b were merged into c, whose revision in the cloud is 20. */
const MERGES: KnownMerges = {
  present: (id) => (id === 'a' || id === 'b' ? 'c' : id),
  revisionOf: (id) => (id === 'c' ? 20 : 0),
};

describe('the stored data of merged gateways', () => {
  test('has the remaining id, with all known data; its inventory is sent again', () => {
    expect(mergedEntries({ x: entry('a') }, MERGES)).toEqual({
      x: { ...entry('a'), gatewayId: 'c', inventoryDigest: '', revision: 20 },
    });
  });

  test('is unchanged for all others, and for the remaining gateway', () => {
    const entries = { x: entry('d'), y: entry('c') };
    expect(mergedEntries(entries, MERGES)).toEqual(entries);
  });

  test('has the port numbers of the remaining gateway, as last read', () => {
    const ports = [port(3, 'name:new')];
    const merged = mergedEntries(
      { x: entry('a'), old: entry('c', { lastAnswerAt: 1 }), y: entry('c', { lastAnswerAt: 9, ports }) },
      MERGES,
    );
    expect(merged['x']?.ports).toEqual(ports);
  });

  test('continues above the revisions of both', () => {
    const revision = (a: number, c: number) =>
      mergedEntries({ x: entry('a', { revision: a }), y: entry('c', { revision: c }) }, MERGES)['x']?.revision;
    expect([revision(10, 11), revision(30, 11), revision(10, 40)]).toEqual([20, 30, 40]);
  });

  test.for<[string, Record<string, BookEntry>, string | null]>([
    ['that is left and known elsewhere', { x: entry('d', { formerGatewayId: 'a' }), y: entry('c') }, null],
    [
      'that is left and known elsewhere by its former id',
      { x: entry('d', { formerGatewayId: 'a' }), y: entry('b') },
      null,
    ],
    ['that turned out to be the one that is there now', { x: entry('c', { formerGatewayId: 'a' }) }, null],
    ['that remains, while the one merged into it is listed there', { x: entry('a', { formerGatewayId: 'c' }) }, null],
    ['that is known nowhere else', { x: entry('d', { formerGatewayId: 'a' }) }, 'c'],
    ['that was not merged', { x: entry('d', { formerGatewayId: 'e' }) }, 'e'],
  ])('the gateway that was there before, %s', ([, entries, former]) => {
    expect(mergedEntries(entries, MERGES)['x']?.formerGatewayId).toBe(former);
  });

  test('is the same when the merges are applied again', () => {
    const once = mergedEntries({ x: entry('a'), y: entry('b', { formerGatewayId: 'a' }) }, MERGES);
    expect(mergedEntries(once, MERGES)).toEqual(once);
  });
});
