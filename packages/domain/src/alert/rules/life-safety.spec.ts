import { describe, expect, test } from 'vitest';
import { emptyEngine, step } from '../engine.ts';
import type { AgentFacts, AlertRecord } from '../types.ts';
import type { EngineState } from '../engine-state.ts';

const NOW = 1_800_000_000_000;
const agent = (id: string, change: Partial<AgentFacts>): AgentFacts => ({
  agentId: id,
  siteId: 's1',
  lastSeenAt: NOW - 1_000,
  online: true,
  stoppedAt: null,
  clockSkewMs: 0,
  outboxOldestAt: null,
  certificateExpiresAt: NOW + 1e10,
  lostAt: null,
  identityConflictAt: null,
  returnAskedAt: null,
  siteAnswers: null,
  lifeSafetyLines: {},
  ...change,
});

/** What is open five minutes after these agents were seen so. */
function opened(agents: readonly AgentFacts[]): Map<string, AlertRecord> {
  let state: EngineState = emptyEngine(0);
  for (const at of [NOW, NOW + 120_000, NOW + 300_000]) {
    ({ state } = step(state, {
      now: at,
      topology: {
        sites: new Map([['s1', { id: 's1', customerId: 'c1' }]]),
        agents: new Map(agents.map(({ agentId }) => [agentId, { id: agentId, siteId: 's1' }])),
        gateways: new Map(),
      },
      agents,
      gateways: [],
      thresholds: [],
      maintenance: new Map(),
      interruption: null,
      dueMax: 1_000,
      gone: [],
    }));
  }
  return new Map(
    [...state.records.values()].filter(({ phase }) => phase === 'open').map((record) => [record.kind, record]),
  );
}

const SILENT = { online: false, lastSeenAt: NOW - 600_000 };
const STOPPED = { online: false, stoppedAt: NOW - 3_600_000 };

describe('an agent that is away is as urgent as the gravest line that nobody sees any more', () => {
  test.for<[string, Partial<AgentFacts>, string, string, string]>([
    ['phones only', SILENT, 'agent-silent', 'major', 'The connection of the agent broke.'],
    [
      'an alarm panel and two lift phones',
      { ...SILENT, lifeSafetyLines: { 'lift-phone': 2, 'alarm-panel': 1 } },
      'agent-silent',
      'critical',
      'The connection of the agent broke. Behind it: 1 alarm panel, 2 lift phones.',
    ],
    ['stopped, phones only', STOPPED, 'agent-stopped', 'minor', 'has not come back.'],
    [
      'stopped, with a lift phone',
      { ...STOPPED, lifeSafetyLines: { 'lift-phone': 1 } },
      'agent-stopped',
      'major',
      'has not come back. Behind it: 1 lift phone.',
    ],
  ])('%s', ([, facts, kind, severity, text]) => {
    const record = opened([agent('a1', facts)]).get(kind);
    expect(record?.severity).toBe(severity);
    expect(record?.evidence.text.endsWith(text)).toBe(true);
  });

  test('a cause that hides several is as urgent as the gravest of them', () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      agent(`a${index}`, { ...SILENT, ...(index === 5 && { lifeSafetyLines: { 'alarm-panel': 1 } }) }),
    );
    expect(opened(many).get('agents-lost-together')?.severity).toBe('critical');
    expect(opened(many.map((one) => ({ ...one, lifeSafetyLines: {} }))).get('agents-lost-together')?.severity).toBe(
      'major',
    );
  });
});
