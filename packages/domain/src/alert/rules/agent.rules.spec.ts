import { describe, expect, test } from 'vitest';
import type { ConditionKind } from '../kinds.ts';
import { HEALTHY_AGENT } from '../testing/facts.ts';
import { at, NOW } from '../testing/records.ts';
import { Thresholds } from '../thresholds.ts';
import type { AgentFacts, Observation, ThresholdOverride } from '../types.ts';
import { agentRules, isLost } from './agent.rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Given {
  facts?: Partial<AgentFacts>;
  isBad?: string;
  settings?: (Pick<ThresholdOverride, 'kind'> & Partial<ThresholdOverride>)[];
}
function find({ facts = {}, isBad, settings = [] }: Given): Observation[] {
  const thresholds = new Thresholds(
    settings.map((one) => ({ scope: 'site', scopeId: 's1', parameters: {}, off: false, reason: 'test', ...one })),
  );
  const context = { now: NOW, thresholds, isBad: (key: string) => key === isBad, agentLost: () => false };
  return agentRules({ ...HEALTHY_AGENT, ...facts }, 'c1', context);
}
const kindsOf = (given: Given) => find(given).map(({ kind }) => kind);
const ALL_WRONG = {
  clockSkewMs: -DAY,
  outboxOldestAt: NOW - DAY,
  lostAt: NOW - 1000,
  certificateExpiresAt: NOW - 1000,
  identityConflictAt: NOW - 1000,
  returnAskedAt: NOW - 1000,
};

describe('an agent', () => {
  test.for<[string, Partial<AgentFacts>, ConditionKind[]]>([
    ['that is well has nothing', {}, []],
    ['that never connected has nothing, whatever is wrong', { ...ALL_WRONG, lastSeenAt: null, online: false }, []],
    [
      'that was stopped says nothing of its clock, its backlog or its certificate',
      { ...ALL_WRONG, stoppedAt: NOW - 5000, online: false },
      ['agent-stopped', 'identity-used-twice', 'agent-asks-to-return'],
    ],
    [
      'that is silent says nothing of its clock or its backlog',
      { ...ALL_WRONG, online: false },
      ['agent-silent', 'certificate-expiring', 'identity-used-twice', 'agent-asks-to-return'],
    ],
    [
      'that is heard tells all',
      ALL_WRONG,
      [
        'clock-wrong',
        'backlog-growing',
        'data-lost',
        'certificate-expiring',
        'identity-used-twice',
        'agent-asks-to-return',
      ],
    ],
  ])('%s', ([, facts, kinds]) => expect(kindsOf({ facts })).toEqual(kinds));

  test('is named, with its place', () => {
    const [found] = find({ facts: { clockSkewMs: 40_000 } });
    expect(found).toMatchObject({
      key: 'clock-wrong@agent:a1',
      subject: { type: 'agent', id: 'a1' },
      verdict: 'bad',
      at: NOW,
      where: at({ customerId: 'c1', siteId: 's1', agentId: 'a1' }),
    });
  });

  test.for(Object.keys({ 'clock-wrong': 0, 'backlog-growing': 0, 'data-lost': 0, 'certificate-expiring': 0 }))(
    '%s is not watched where its site turned it off',
    (kind) => {
      const settings = [{ kind: kind as ConditionKind, off: true }];
      expect(kindsOf({ facts: ALL_WRONG, settings })).toEqual(
        kindsOf({ facts: ALL_WRONG }).filter((one) => one !== kind),
      );
    },
  );
});

describe('is lost', () => {
  test.for<[string, Partial<AgentFacts>, boolean]>([
    ['connected and heard of', {}, false],
    ['never seen', { lastSeenAt: null, online: false }, false],
    ['stopped in good order', { stoppedAt: NOW - HOUR, online: false, lastSeenAt: NOW - HOUR }, false],
    ['its connection broke', { online: false }, true],
    ['connected, and not heard of for exactly its lease', { lastSeenAt: NOW - 75_000 }, false],
    ['connected, and not heard of for longer', { lastSeenAt: NOW - 75_001 }, true],
  ])('%s: %s', ([, facts, lost]) => expect(isLost({ ...HEALTHY_AGENT, ...facts }, 75_000, NOW)).toBe(lost));

  test.for<[string, Partial<AgentFacts>, string]>([
    ['broken', { online: false }, 'The connection of the agent broke.'],
    ['quiet', { lastSeenAt: NOW - 75_001 }, 'Nothing is heard from the agent.'],
    [
      'the site answers',
      { online: false, siteAnswers: true },
      'The connection of the agent broke. The site itself answers from outside, so its internet access works.',
    ],
    [
      'the site does not',
      { online: false, siteAnswers: false },
      'The connection of the agent broke. The site does not answer from outside either.',
    ],
  ])('%s', ([, facts, text]) => {
    const [found] = find({ facts });
    const { lastSeenAt, online: connected, siteAnswers } = { ...HEALTHY_AGENT, ...facts };
    expect(found).toMatchObject({
      kind: 'agent-silent',
      since: lastSeenAt,
      evidence: { text, seen: { lastSeenAt, connected, siteAnswers } },
    });
  });

  test('the lease is a setting of the place', () => {
    const settings = [{ kind: 'agent-silent' as const, parameters: { leaseS: 600 } }];
    expect(kindsOf({ facts: { lastSeenAt: NOW - 600_000 }, settings })).toEqual([]);
    expect(kindsOf({ facts: { lastSeenAt: NOW - 600_001 }, settings })).toEqual(['agent-silent']);
  });

  test('stopped: since when, and what is behind it', () => {
    const [found] = find({ facts: { stoppedAt: NOW - HOUR, online: false, lifeSafetyLines: { 'lift-phone': 2 } } });
    expect(found).toMatchObject({ kind: 'agent-stopped', since: NOW - HOUR, severity: 'major' });
    expect(found?.evidence.seen).toEqual({ stoppedAt: NOW - HOUR });
    expect(found?.evidence.text).toMatch(/^The agent was stopped in good order and has not come back\. .*lift/u);
  });
});

/** A limit, what is seen at it and beyond it, and what is said then. */
describe('a limit', () => {
  test.for<{
    kind: ConditionKind;
    within: Partial<AgentFacts>;
    beyond: Partial<AgentFacts>;
    since: number;
    text: string;
  }>([
    {
      kind: 'clock-wrong',
      within: { clockSkewMs: 29_999 },
      beyond: { clockSkewMs: 30_000 },
      since: NOW,
      text: 'The clock of the agent is 30 s ahead.',
    },
    {
      kind: 'clock-wrong',
      within: { clockSkewMs: null },
      beyond: { clockSkewMs: -30_000 },
      since: NOW,
      text: 'The clock of the agent is 30 s behind.',
    },
    {
      kind: 'backlog-growing',
      within: { outboxOldestAt: NOW - 299_999 },
      beyond: { outboxOldestAt: NOW - 300_000 },
      since: NOW,
      text: 'The oldest message that the agent could not deliver yet is 5 min old.',
    },
    {
      kind: 'data-lost',
      within: { lostAt: NOW - HOUR },
      beyond: { lostAt: NOW - HOUR + 1 },
      since: NOW - HOUR + 1,
      text: 'The agent reported that it had to drop messages.',
    },
    {
      kind: 'certificate-expiring',
      within: { certificateExpiresAt: NOW + 2 * DAY },
      beyond: { certificateExpiresAt: NOW + 2 * DAY - 1 },
      since: NOW - 1,
      text: 'The certificate of the agent runs out in 2 days and was not renewed.',
    },
    {
      kind: 'certificate-expiring',
      within: { certificateExpiresAt: NOW + 3 * DAY },
      beyond: { certificateExpiresAt: NOW },
      since: NOW - 2 * DAY,
      text: 'The certificate of the agent has run out; it is refused.',
    },
    {
      kind: 'identity-used-twice',
      within: { identityConflictAt: NOW - DAY },
      beyond: { identityConflictAt: NOW - DAY + 1 },
      since: NOW - DAY + 1,
      text: 'Two machines used the identity of the agent at the same time.',
    },
    {
      kind: 'agent-asks-to-return',
      within: { returnAskedAt: null },
      beyond: { returnAskedAt: NOW - 5000 },
      since: NOW - 5000,
      text: 'The agent asks to come back and waits for approval.',
    },
  ])('of $kind: $text', ({ kind, within, beyond, since, text }) => {
    expect(kindsOf({ facts: within })).toEqual([]);
    expect(find({ facts: beyond })).toMatchObject([{ kind, since, evidence: { text } }]);
    // What was seen is on record, as it was seen.
    const seen = Object.values(find({ facts: beyond })[0]!.evidence.seen);
    expect(seen).toEqual(Object.values(beyond));
  });

  test.for([
    ['clock-wrong', { clockSkewMs: 29_999 }],
    ['backlog-growing', { outboxOldestAt: NOW - 299_999 }],
  ] as const)('of %s is lower while it is bad, so that it does not come and go', ([kind, facts]) => {
    expect(kindsOf({ facts, isBad: `${kind}@agent:a1` })).toEqual([kind]);
    expect(kindsOf({ facts, isBad: `${kind}@agent:a2` })).toEqual([]);
  });

  test.for([
    [DAY, 'minor'],
    [DAY - 1, 'major'],
    [0, 'major'],
  ] as const)('a certificate with %i ms left is %s', ([leftMs, severity]) => {
    const settings = [{ kind: 'certificate-expiring' as const, parameters: { daysLeft: 2, criticalDaysLeft: 1 } }];
    expect(find({ facts: { certificateExpiresAt: NOW + leftMs }, settings })).toMatchObject([{ severity }]);
  });
});
