import { expect, test } from 'vitest';
import { SourceLimit } from './source-limit.ts';

const at = (ms: number) => ({ nowMs: 1_000_000 + ms, monotonicMs: ms });
const asked = (limit: SourceLimit, address: string, ms: number, times: number) =>
  Array.from({ length: times }, () => limit.admit(address, at(ms))).filter(Boolean).length;

test.for([
  ['192.0.2.7', true],
  ['192.0.3.7', false],
  ['198.51.100.9', true],
  ['198.51.100.8', false],
  ['2001:db8::7', true],
  ['2001:db9::7', false],
] as const)('%s: %s', ([address, admitted]) => {
  expect(new SourceLimit(['192.0.2.0/24', '198.51.100.9', '2001:db8::/32']).admit(address, at(0))).toBe(admitted);
});

test('a sender makes a thousand requests at once, and then five hundred a second', () => {
  const limit = new SourceLimit(['192.0.2.0/24']);
  expect(asked(limit, '192.0.2.1', 0, 1_500)).toBe(1_000);
  expect(asked(limit, '192.0.2.1', 100, 200)).toBe(50);
  expect(asked(limit, '192.0.2.2', 100, 10)).toBe(10);
  expect(limit.sources.map(({ address, requests, refused }) => [address, requests, refused])).toEqual([
    ['192.0.2.1', 1_050, 650],
    ['192.0.2.2', 10, 0],
  ]);
});

test('senders cost bounded memory, and those that are not listed none', () => {
  const limit = new SourceLimit(['10.0.0.0/8']);
  for (let n = 0; n < 1_000; n += 1) limit.admit(`10.0.${n >> 8}.${n & 255}`, at(n));
  for (let n = 0; n < 1_000; n += 1) limit.admit(`192.0.2.${n & 255}`, at(n));
  expect(limit.sources).toHaveLength(256);
  expect(limit.sources[0]?.address).toBe('10.0.3.231');
  expect(limit.strangers).toBe(1_000);
});
