import type { AgentFacts } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { platformSuspect } from './platform.ts';

const NOW = 10_000_000;
const agents = (count: number, seenAgoS: number | null, change: Partial<AgentFacts> = {}): AgentFacts[] =>
  Array.from({ length: count }, () => ({
    agentId: 'a',
    siteId: 's',
    lastSeenAt: seenAgoS === null ? null : NOW - seenAgoS * 1000,
    online: true,
    stoppedAt: null,
    clockSkewMs: null,
    outboxOldestAt: null,
    certificateExpiresAt: NOW * 2,
    lostAt: null,
    identityConflictAt: null,
    returnAskedAt: null,
    siteAnswers: null,
    lifeSafetyLines: {},
    ...change,
  }));

test.for<[string, AgentFacts[], boolean]>([
  ['all are there', agents(100, 5), false],
  ['one site is cut off', [...agents(99, 5), ...agents(1, 20, { online: false })], false],
  ['a third is gone at once, by their last wills', [...agents(60, 5), ...agents(30, 20, { online: false })], true],
  ['a third is gone at once, by their leases', [...agents(60, 5), ...agents(30, 95)], true],
  ['four of four: too few to tell', agents(4, 20, { online: false }), false],
  ['a third has been gone for longer', [...agents(60, 5), ...agents(30, 200)], false],
  [
    'a third was stopped in good order',
    [...agents(60, 5), ...agents(30, 20, { online: false, stoppedAt: NOW })],
    false,
  ],
  ['many that never came', [...agents(10, 5), ...agents(90, null)], false],
])('%s', ([, list, suspect]) => {
  expect(platformSuspect(list, NOW)).toBe(suspect);
});
