import type { AgentFacts } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { restarted, startIsOver } from './start.ts';

const AT = 10_000_000;
const agent = (lastSeenAt: number | null, change: Partial<AgentFacts> = {}): AgentFacts => ({
  agentId: 'a',
  siteId: 's',
  lastSeenAt,
  online: true,
  stoppedAt: null,
  clockSkewMs: null,
  outboxOldestAt: null,
  certificateExpiresAt: AT * 2,
  lostAt: null,
  identityConflictAt: null,
  returnAskedAt: null,
  siteAnswers: null,
  lifeSafetyLines: {},
  ...change,
});
const many = (count: number, lastSeenAt: number) => Array.from({ length: count }, () => agent(lastSeenAt));

test.for<[string, AgentFacts[], number, boolean]>([
  ['no agents, nothing to wait for', [], AT, true],
  ['none is back yet', many(20, AT - 5_000), AT + 1_000, false],
  ['95 of 100 are back', [...many(95, AT + 1_000), ...many(5, AT - 5_000)], AT + 2_000, true],
  ['94 of 100 are not enough', [...many(94, AT + 1_000), ...many(6, AT - 5_000)], AT + 2_000, false],
  ['after a minute and a half nobody is waited for', many(20, AT - 5_000), AT + 90_000, true],
  ['one that was silent long before is not waited for', [agent(AT + 1), agent(AT - 700_000)], AT + 2, true],
  [
    'nor one that was stopped, nor one that never came',
    [agent(AT - 5, { stoppedAt: AT - 9 }), agent(null)],
    AT + 2,
    true,
  ],
  ['one whose last will came is not back', [agent(AT + 1, { online: false })], AT + 2, false],
])('%s', ([, agents, now, over]) => {
  expect(startIsOver(restarted(AT), agents, now)).toBe(over);
});
