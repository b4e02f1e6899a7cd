import { expect, test } from 'vitest';
import { loadAuthority, makeAuthority, makeRevocationList } from './certificates.ts';
import { plainSerial, readRevocationList, renewalReason } from './revocation-list.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const HOUR = 3_600_000;
const list = (ageMs: number, ...serials: string[]) => ({
  lists: 1,
  thisUpdateMs: NOW - ageMs,
  serials: new Set(serials),
});

test.for([
  ['there is none', null, [], 'none'],
  ['it is of today and has the same serials', list(HOUR, 'a', 'b'), ['b', 'a'], null],
  ['another was revoked', list(HOUR, 'a'), ['a', 'b'], 'changed'],
  ['another was superseded only', list(HOUR, 'a'), ['a', '~b'], null],
  ['a superseded one is listed already', list(HOUR, 'a', 'b'), ['a', '~b'], null],
  ['one has expired and is no longer listed', list(HOUR, 'a'), [], 'changed'],
  ['it is a day old', list(24 * HOUR, 'a'), ['a'], 'old'],
  ['it is eight days old, so that no peer is admitted', list(192 * HOUR), [], 'old'],
  ['it is of the future', list(-HOUR), [], 'old'],
] as const)('a list is judged: %s', ([, present, wanted, reason]) => {
  const refused = wanted.map((serial) => ({ serial: serial.replace('~', ''), must: !serial.startsWith('~') }));
  expect(renewalReason(present, { refused, authorities: 1 }, NOW)).toBe(reason);
});

test('a list is read as it was written', async () => {
  const authority = await loadAuthority(await makeAuthority(NOW));
  const revoked = ['4A01', '00FF02'].map((serial) => ({ serial, at: new Date(NOW - HOUR) }));
  const pem = await makeRevocationList(authority, revoked, NOW);
  expect(readRevocationList(pem)).toEqual({
    lists: 1,
    thisUpdateMs: NOW - 300_000,
    serials: new Set(['4a01', 'ff02']),
  });
  expect(readRevocationList('no list')).toBeNull();
  expect(plainSerial('0000')).toBe('0');
});

test('lists of two authorities are read together, and one of them is not enough', async () => {
  const [one, two] = await Promise.all([makeAuthority(NOW), makeAuthority(NOW)]);
  const revoked = [{ serial: '4A01', at: new Date(NOW - HOUR) }];
  const older = await makeRevocationList(
    await loadAuthority(one),
    [...revoked, { serial: '4B', at: new Date(NOW) }],
    NOW - HOUR,
  );
  const both = readRevocationList(older + (await makeRevocationList(await loadAuthority(two), revoked, NOW)));
  expect(both).toEqual({ lists: 2, thisUpdateMs: NOW - HOUR - 300_000, serials: new Set(['4a01']) });
  const refused = [{ serial: '4a01', must: true }];
  expect(renewalReason(both, { refused, authorities: 2 }, NOW)).toBeNull();
  expect(renewalReason(both, { refused, authorities: 1 }, NOW)).toBe('changed');
});
