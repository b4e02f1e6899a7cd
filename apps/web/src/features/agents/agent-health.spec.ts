import type { Agent } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { agentConcerns, clockWords } from './agent-health.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const before = (ms: number) => new Date(now - ms).toISOString();

const well: Agent = {
  id: 'a',
  site: {
    id: 's',
    name: 'Brighton',
    timeZone: 'Europe/London',
    customerId: '00000000-0000-4000-8000-000000000002',
    customerName: 'Harbour',
  },
  state: 'online',
  hostname: 'agent',
  version: '0.1.0',
  platform: null,
  enrolledAt: before(1e9),
  lastSeenAt: before(4000),
  startedAt: before(1e8),
  certificateIssuedAt: null,
  certificateRenewsAt: null,
  replacedBy: null,
  certificateExpiresAt: before(-60 * 86_400_000),
  rssBytes: 1,
  cpuPercent: 1,
  backlogMessages: 0,
  backlogBytes: 0,
  backlogOldestAt: null,
  diskFreeBytes: 10e9,
  pollsOk: 1,
  pollsFailed: 0,
  callRecords: null,
  clockSkewMs: 20,
  configRevisionDesired: 4,
  configRevisionReported: 4,
  gatewayCount: 1,
  targets: [{ address: '192.0.2.1', gatewayId: null, reachable: true, reason: null, lastAnswerAt: null }],
  rejectedMessages: 0,
  lostMessages: 0,
  identityConflictAt: null,
  contestedGateways: 0,
};

describe('what is wrong with an agent', () => {
  test('nothing, when nothing is', () => expect(agentConcerns(well, now)).toEqual([]));

  test.for<[string, Partial<Agent>, string[]]>([
    ['it is silent', { state: 'silent' }, ['silent']],
    ['two machines use its identity', { identityConflictAt: before(60_000) }, ['identity']],
    ['another agent holds what it reads', { contestedGateways: 2 }, ['contested']],
    [
      'it never connected; nothing else counts',
      { state: 'never-connected', configRevisionReported: null },
      ['never-connected'],
    ],
    ['it is revoked; nothing else counts', { state: 'revoked', lostMessages: 4 }, ['revoked']],
    ['its clock is a minute off', { clockSkewMs: -60_000 }, ['clock']],
    ['its certificate ends in a day', { certificateExpiresAt: before(-86_400_000) }, ['certificate']],
    ['messages wait for twelve minutes', { backlogMessages: 10, backlogOldestAt: before(720_000) }, ['backlog']],
    ['a message waits for a second', { backlogMessages: 1, backlogOldestAt: before(1000) }, []],
    ['it works with old settings', { configRevisionReported: 3 }, ['config']],
    ['a range has not been looked at yet', { targets: [{ ...well.targets[0]!, reachable: null }] }, []],
    ['an address does not answer', { targets: [{ ...well.targets[0]!, reachable: false }] }, ['targets']],
    ['its disk is nearly full', { diskFreeBytes: 1e6 }, ['disk']],
    ['messages were dropped and set aside', { lostMessages: 1, rejectedMessages: 2 }, ['lost', 'rejected']],
  ])('%s', ([, change, codes]) => {
    expect(agentConcerns({ ...well, ...change }, now).map((concern) => concern.code)).toEqual(codes);
  });

  test('the worst comes first', () => {
    const concerns = agentConcerns({ ...well, clockSkewMs: 60_000, certificateExpiresAt: before(1) }, now);
    expect(concerns.map((concern) => concern.level)).toEqual(['bad', 'warn']);
  });

  test.for([
    [12, 'Its clock is correct'],
    [-84_000, 'Its clock is 1 min 24 s behind'],
    [3_600_000, 'Its clock is 1 h ahead'],
  ] as const)('a skew of %d ms', ([skew, words]) => expect(clockWords(skew)).toBe(words));
});
