import { describe, expect, test } from 'vitest';
import { LINE_TEST_EVIDENCE_MS } from '../line-test/vocabulary.ts';
import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  type FaultReason,
  HOOK_STATES,
  OPER_STATES,
  REGISTRATION_STATES,
} from '../line/vocabulary.ts';
import type { ApplyReasonCode } from '../configuration/apply/index.ts';
import type { UnreadableCode } from '../telemetry/unreadable.ts';
import type { Happening, StandingAlarm } from './alarms.ts';
import { emptyEngine, step } from './engine.ts';
import { CONDITION_KINDS, type ConditionKind } from './kinds.ts';
import type { AgentFacts, AlertRecord, EngineInput, GatewayFacts } from './types.ts';
import type { EngineState } from './engine-state.ts';
import { HEALTHY, HEALTHY_AGENT, two } from './testing/facts.ts';
import { NOW } from './testing/records.ts';

const DAY = 86_400_000;
const alarm = (condition: ConditionKind, position: number | null = null): StandingAlarm => ({
  key: `${condition}/${position}`,
  condition,
  position,
  severity: 'major',
  text: 'The gateway says so.',
  since: NOW - 9000,
  last: NOW - 9000,
});
const ended = (end: 'failed' | 'reverted', reason: ApplyReasonCode) => ({
  end,
  at: NOW - 1000,
  reason,
  detail: null,
  verdict: null,
});
const happening = (condition: ConditionKind, agoS: number): Happening => ({
  condition,
  position: null,
  severity: 'minor',
  text: 'It happened.',
  at: NOW - agoS * 1000,
});
const unread = (code: UnreadableCode): Partial<GatewayFacts> => ({
  reachability: 'unreachable',
  unreadable: { code, text: null },
});
const topology: EngineInput['topology'] = {
  sites: new Map([['s1', { id: 's1', customerId: 'c1' }]]),
  agents: new Map([
    ['a1', { id: 'a1', siteId: 's1' }],
    ['a2', { id: 'a2', siteId: 's2' }],
  ]),
  gateways: new Map([
    ['g1', { id: 'g1', siteId: 's1', agentId: 'a1', model: 'M', firmware: '1', registrar: null }],
    ['g2', { id: 'g2', siteId: 's1', agentId: 'a1', model: 'M', firmware: '1', registrar: null }],
  ]),
};

interface Given {
  agent?: Partial<AgentFacts>;
  gateway?: Partial<GatewayFacts>;
}

function judge(given: Given, now = NOW, state: EngineState = emptyEngine(NOW - DAY)) {
  const agents = [{ ...HEALTHY_AGENT, ...given.agent }];
  const gateways = given.gateway === undefined ? [] : [{ ...HEALTHY, ...given.gateway }];
  return step(state, {
    now,
    topology,
    agents,
    gateways,
    thresholds: [],
    maintenance: new Map(),
    interruption: null,
    dueMax: Number.POSITIVE_INFINITY,
    gone: [],
  });
}
const known = (state: EngineState): AlertRecord[] => [...state.records.values()].filter(({ phase }) => phase !== null);
const kindsOf = (state: EngineState) =>
  known(state)
    .map(({ kind }) => kind)
    .toSorted();

const BAD_TEST = { verdict: 'fail', reason: 'no-line-voltage', text: 'There is no voltage on the line.' } as const;
const code = (values: readonly string[], name: string) => values.indexOf(name);
const fault = (reason: FaultReason) => ({ fault: two(code(FAULT_REASONS, reason), 0) });

/** One row for every kind a rule can find by itself: what is wrong, and what just is not yet. */
const ROWS: { kind: ConditionKind; bad: Given; fine: Given }[] = [
  { kind: 'agent-silent', bad: { agent: { lastSeenAt: NOW - 76_000 } }, fine: { agent: { lastSeenAt: NOW - 74_000 } } },
  { kind: 'agent-silent', bad: { agent: { online: false } }, fine: { agent: { online: false, lastSeenAt: null } } },
  {
    kind: 'site-wan-down',
    bad: { agent: { online: false, siteAnswers: false } },
    fine: { agent: { siteAnswers: false } },
  },
  { kind: 'agent-stopped', bad: { agent: { online: false, stoppedAt: NOW - 5000 } }, fine: {} },
  { kind: 'clock-wrong', bad: { agent: { clockSkewMs: -31_000 } }, fine: { agent: { clockSkewMs: -29_000 } } },
  {
    kind: 'backlog-growing',
    bad: { agent: { outboxOldestAt: NOW - 301_000 } },
    fine: { agent: { outboxOldestAt: NOW - 299_000 } },
  },
  {
    kind: 'certificate-expiring',
    bad: { agent: { certificateExpiresAt: NOW + 1.9 * DAY } },
    fine: { agent: { certificateExpiresAt: NOW + 2.1 * DAY } },
  },
  { kind: 'data-lost', bad: { agent: { lostAt: NOW - 3_599_000 } }, fine: { agent: { lostAt: NOW - 3_600_000 } } },
  {
    kind: 'gateway-unreachable',
    bad: { gateway: { reachability: 'unreachable', unreadable: { code: 'no-answer', text: null } } },
    fine: { gateway: { reachability: 'unknown', observedAt: null } },
  },
  {
    kind: 'gateway-not-readable',
    bad: { gateway: { reachability: 'unreachable', unreadable: { code: 'unknown-user', text: null } } },
    fine: { gateway: {} },
  },
  {
    kind: 'gateway-rebooted',
    bad: { gateway: { restartedAt: NOW - 599_000 } },
    fine: { gateway: { restartedAt: NOW - 600_000 } },
  },
  { kind: 'over-temperature', bad: { gateway: { temperatureC: 65 } }, fine: { gateway: { temperatureC: 64.9 } } },
  {
    kind: 'over-temperature',
    bad: {
      gateway: { temperatureC: null, alarms: [alarm('over-temperature')] },
    },
    fine: { gateway: { temperatureC: null } },
  },
  {
    kind: 'power-lost',
    bad: { gateway: { alarms: [alarm('power-lost')] } },
    fine: { gateway: {} },
  },
  {
    kind: 'fan-failed',
    bad: { gateway: { alarms: [alarm('fan-failed')] } },
    fine: { gateway: {} },
  },
  {
    kind: 'registrar-lost',
    bad: { gateway: { registration: two(2, 3) } },
    fine: { gateway: { registration: two(0, 6) } },
  },
  {
    kind: 'registrar-lost',
    bad: { gateway: { registration: two(5, 5), registrarAlarm: true, alarms: [alarm('registrar-lost')] } },
    // The readings tell the registration: they decide, not an alarm of which the clear may be lost.
    fine: { gateway: { registration: two(0, 0), alarms: [alarm('registrar-lost')] } },
  },
  {
    kind: 'port-unregistered',
    bad: { gateway: { registration: null, alarms: [alarm('port-unregistered', 1)] } },
    fine: { gateway: { alarms: [alarm('port-unregistered', 1)] } },
  },
  {
    kind: 'port-out-of-service',
    bad: { gateway: { fault: null, oper: null, alarms: [alarm('port-out-of-service', 2)] } },
    fine: { gateway: { alarms: [alarm('port-out-of-service', 2)] } },
  },
  {
    kind: 'receiver-off-hook',
    bad: { gateway: { hook: null, call: null, alarms: [alarm('receiver-off-hook', 1)] } },
    fine: { gateway: { call: null, alarms: [alarm('receiver-off-hook', 1)] } },
  },
  {
    kind: 'gateway-alarm',
    bad: { gateway: { alarms: [alarm('gateway-alarm')] } },
    fine: { gateway: { alarms: [alarm('line-alarm', 1)] } },
  },
  {
    kind: 'gateway-alarm',
    bad: { gateway: { happened: [happening('gateway-alarm', 3599)] } },
    fine: { gateway: { happened: [happening('gateway-alarm', 3600)] } },
  },
  {
    kind: 'line-alarm',
    bad: { gateway: { alarms: [alarm('line-alarm', 1)] } },
    fine: { gateway: { devices: ['unused', 'phone'], alarms: [alarm('line-alarm', 1), alarm('line-alarm', 99)] } },
  },
  {
    kind: 'network-link-down',
    bad: { gateway: { alarms: [{ ...alarm('network-link-down'), since: NOW - 61_000 }] } },
    fine: { gateway: {} },
  },
  {
    kind: 'access-refused',
    bad: { gateway: { happened: [1, 2, 3].map((at) => happening('access-refused', at)) } },
    fine: { gateway: { happened: [1, 2, 3600].map((at) => happening('access-refused', at)) } },
  },
  {
    kind: 'gateway-quality-poor',
    bad: { gateway: { happened: [1, 2, 3].map((at) => happening('gateway-quality-poor', at)) } },
    fine: { gateway: { happened: [happening('gateway-quality-poor', 1)] } },
  },
  {
    kind: 'gateway-quality-poor',
    bad: { gateway: { alarms: [alarm('gateway-quality-poor')] } },
    fine: { gateway: {} },
  },
  {
    kind: 'action-failed',
    bad: { gateway: { failedActions: [{ at: NOW - 3599_000, what: 'Reset of the port', position: 2, reason: null }] } },
    fine: { gateway: { failedActions: [{ at: NOW - 3600_000, what: 'Reset', position: null, reason: 'Refused.' }] } },
  },
  {
    kind: 'config-failed',
    bad: { gateway: { configuration: { change: ended('failed', 'login-refused'), drift: null } } },
    fine: { gateway: { configuration: { change: null, drift: null } } },
  },
  {
    kind: 'config-reverted',
    bad: { gateway: { configuration: { change: ended('reverted', 'registration-lost'), drift: null } } },
    fine: { gateway: { configuration: { change: ended('failed', 'registration-lost'), drift: null } } },
  },
  {
    kind: 'config-drifted',
    bad: {
      gateway: { configuration: { change: null, drift: { at: NOW - 1000, keys: 1, first: ['P47'], grave: [] } } },
    },
    fine: { gateway: { configuration: { change: ended('reverted', 'registration-lost'), drift: null } } },
  },
  {
    kind: 'gateway-not-polled',
    bad: { gateway: { ...unread('target-removed'), reachabilityAt: NOW - 61_000 } },
    fine: { gateway: unread('no-answer') },
  },
  {
    kind: 'reading-stands-still',
    bad: { gateway: { observedAt: NOW - 301_000 } },
    fine: { gateway: { observedAt: NOW - 301_000, pollIntervalMs: 120_000 } },
  },
  {
    kind: 'identity-used-twice',
    bad: { agent: { identityConflictAt: NOW - 86_399_000 } },
    fine: { agent: { identityConflictAt: NOW - 86_400_000 } },
  },
  {
    kind: 'agent-asks-to-return',
    bad: { agent: { returnAskedAt: NOW } },
    fine: { agent: {} },
  },
  {
    kind: 'agent-asks-to-return',
    bad: { agent: { online: false, stoppedAt: NOW - 1, returnAskedAt: NOW - 1 } },
    fine: { agent: { online: false, stoppedAt: NOW - 1 } },
  },
  {
    kind: 'identity-used-twice',
    bad: { agent: { online: false, lastSeenAt: NOW - 9_000, identityConflictAt: NOW - 1 } },
    fine: { agent: {} },
  },
  {
    kind: 'port-out-of-service',
    bad: { gateway: { oper: two(code(OPER_STATES, 'out-of-service'), 0) } },
    fine: { gateway: { oper: two(code(OPER_STATES, 'testing'), 0) } },
  },
  { kind: 'port-out-of-service', bad: { gateway: fault('short-circuit') }, fine: { gateway: { fault: null } } },
  {
    kind: 'port-unregistered',
    bad: { gateway: { registration: two(code(REGISTRATION_STATES, 'auth-failed'), 0) } },
    fine: { gateway: { registration: two(code(REGISTRATION_STATES, 'not-used'), 0) } },
  },
  {
    kind: 'port-locked',
    bad: { gateway: { admin: two(code(ADMIN_STATES, 'locked'), 0) } },
    fine: { gateway: { admin: null } },
  },
  {
    kind: 'receiver-off-hook',
    bad: { gateway: { call: two(code(CALL_STATES, 'receiver-off-hook'), 0) } },
    fine: { gateway: { call: two(code(CALL_STATES, 'talking'), 0) } },
  },
  { kind: 'ring-failure', bad: { gateway: fault('ring-failure') }, fine: { gateway: {} } },
  { kind: 'no-dial-tone', bad: { gateway: fault('no-exchange-line') }, fine: { gateway: {} } },
  {
    kind: 'line-voltage-abnormal',
    bad: { gateway: { lineVoltageV: two(41.9, 48) } },
    fine: { gateway: { lineVoltageV: two(42.1, 48) } },
  },
  {
    kind: 'loop-current-abnormal',
    bad: { gateway: { loopCurrentMa: two(5, 0) } },
    fine: { gateway: { hook: two(code(HOOK_STATES, 'off-hook'), 0), loopCurrentMa: two(23, 0) } },
  },
  {
    kind: 'line-test-failed',
    bad: { gateway: { lineTests: two({ at: NOW - 5000, ...BAD_TEST }, null) } },
    fine: { gateway: { lineTests: two({ at: NOW - 5000, ...BAD_TEST, verdict: 'pass', reason: 'all-normal' }, null) } },
  },
  {
    kind: 'call-quality-poor',
    bad: { gateway: { packetLossPercent: two(3, 0) } },
    fine: { gateway: { packetLossPercent: two(2.9, 0) } },
  },
  {
    kind: 'call-quality-poor',
    bad: { gateway: { jitterMs: two(40, 0) } },
    fine: { gateway: { jitterMs: two(39, 0) } },
  },
  {
    kind: 'fax-failures',
    bad: { gateway: { devices: ['fax', 'phone'], recentCalls: two({ calls: 10, failed: 3 }, null) } },
    fine: { gateway: { devices: ['fax', 'phone'], recentCalls: two({ calls: 4, failed: 4 }, null) } },
  },
];

describe('each kind', () => {
  test.for(ROWS)('$kind: $bad', ({ kind, bad }) => {
    expect(kindsOf(judge(bad).state)).toContain(kind);
  });
  test.for(ROWS)('$kind: not for $fine', ({ kind, fine }) => {
    expect(kindsOf(judge(fine).state)).not.toContain(kind);
  });
  test('of the catalogue has a row here, or is put together from others and tested in the simulations', () => {
    const simulated: ConditionKind[] = [
      'agents-lost-together',
      'site-power-lost',
      'lan-segment-down',
      'registrar-lost-together',
      'firmware-suspect',
      'lines-failed-together',
      'monitoring-interrupted',
    ];
    expect([...new Set([...ROWS.map(({ kind }) => kind), ...simulated])].toSorted()).toEqual(
      [...CONDITION_KINDS].toSorted(),
    );
  });
});

test.for([
  { name: 'long enough, just now', fromS: -400, toS: -10, told: true },
  { name: 'a short one', fromS: -100, toS: -10, told: false },
  { name: 'long enough, long ago', fromS: -2000, toS: -700, told: false },
])('monitoring interrupted: $name', ({ fromS, toS, told }) => {
  const input = {
    dueMax: Number.POSITIVE_INFINITY,
    topology,
    agents: [],
    gateways: [],
    thresholds: [],
    maintenance: new Map(),
    gone: [],
  };
  const interruption = { from: NOW + fromS * 1000, to: NOW + toS * 1000 };
  const { state } = step(emptyEngine(NOW - 1), { ...input, now: NOW, interruption });
  expect(kindsOf(state)).toEqual(told ? ['monitoring-interrupted'] : []);
  // It ends by itself once it is no longer news.
  const later = step(state, { ...input, now: NOW + 600_000, interruption });
  expect(known(later.state)).toEqual([]);
});

test('what is well leaves no trace', () => {
  expect(judge({ gateway: {} }).state.records.size).toBe(0);
});

describe('unknown is not down and not well', () => {
  const down = judge({ gateway: fault('short-circuit') }).state;
  test.for([
    { name: 'a stale reading', given: { gateway: { observedAt: NOW - 91_000 } } },
    { name: 'a silent agent', given: { agent: { online: false }, gateway: {} } },
    { name: 'a gateway that does not answer', given: { gateway: { reachability: 'unreachable' as const } } },
  ])('$name neither opens nor ends anything of a line', ({ given }) => {
    const before = down.records.get('port-out-of-service@port:g1/1');
    const after = judge(given, NOW + 60_000, down).state.records.get('port-out-of-service@port:g1/1');
    expect(before?.phase).toBe('open');
    expect(after).toMatchObject({ phase: 'open', verdict: 'unknown' });
    const fresh = judge({ ...given, gateway: { ...fault('short-circuit'), ...given.gateway } }).state;
    expect(kindsOf(fresh)).not.toContain('port-out-of-service');
  });
});

describe('severity follows what is on the line', () => {
  test.for([
    { device: 'phone' as const, severity: 'major' },
    { device: 'lift-phone' as const, severity: 'critical' },
    { device: 'alarm-panel' as const, severity: 'critical' },
  ])('$device out of service: $severity', ({ device, severity }) => {
    const { state } = judge({ gateway: { devices: [device, 'phone'], ...fault('short-circuit') } });
    expect(state.records.get('port-out-of-service@port:g1/1')?.severity).toBe(severity);
  });
  test('a port that nobody uses raises nothing', () => {
    expect(kindsOf(judge({ gateway: { devices: ['unused', 'phone'], ...fault('short-circuit') } }).state)).toEqual([]);
  });
  test('a gateway with a lift phone that does not answer is critical', () => {
    const { state } = judge({ gateway: { reachability: 'unreachable' } });
    expect(state.records.get('gateway-unreachable@gateway:g1')?.severity).toBe('critical');
  });
});

test('hysteresis: what is too hot is so until it is clearly cooler', () => {
  const at = (temperatureC: number, now: number, state?: EngineState) =>
    judge({ agent: { lastSeenAt: now }, gateway: { temperatureC, observedAt: now } }, now, state).state;
  let state = at(66, NOW);
  state = at(62, NOW + 60_000, state);
  expect(state.records.get('over-temperature@gateway:g1')?.phase).toBe('open');
  state = at(59, NOW + 120_000, state);
  expect(state.records.get('over-temperature@gateway:g1')?.phase).toBe('recovering');
});

test('a gateway that was removed takes its alerts with it', () => {
  const { state } = judge({ gateway: fault('short-circuit') });
  const gone = step(state, {
    now: NOW + 5000,
    topology,
    agents: [],
    gateways: [],
    thresholds: [],
    maintenance: new Map(),
    interruption: null,
    dueMax: Number.POSITIVE_INFINITY,
    gone: ['gateway:g1'],
  });
  expect(gone.changes).toMatchObject([{ type: 'resolved', reason: 'gone' }]);
});

test('a kind that is not watched any more ends', () => {
  const { state } = judge({ gateway: fault('short-circuit') });
  const off = step(state, {
    now: NOW + 5000,
    topology,
    agents: [],
    gateways: [{ ...HEALTHY, ...fault('short-circuit') }],
    thresholds: [
      {
        kind: 'port-out-of-service',
        scope: 'site',
        scopeId: 's1',
        parameters: {},
        off: true,
        reason: 'building works',
      },
    ],
    maintenance: new Map(),
    interruption: null,
    dueMax: Number.POSITIVE_INFINITY,
    gone: [],
  });
  expect(off.changes).toMatchObject([{ type: 'resolved', reason: 'not-watched' }]);
});

test('a line test that failed too long ago raises nothing, and one without a verdict ends nothing', () => {
  const old = { at: NOW - LINE_TEST_EVIDENCE_MS - 600_000, ...BAD_TEST };
  expect(kindsOf(judge({ gateway: { lineTests: two(old, null) } }).state)).toEqual([]);
  const failed = judge({ gateway: { lineTests: two({ ...old, at: NOW - 5000 }, null) } }).state;
  const inconclusive = { at: NOW + 5_000, verdict: 'inconclusive', reason: 'receiver-off-hook', text: '' } as const;
  const later = judge(
    { gateway: { lineTests: two(inconclusive, null), observedAt: NOW + 10_000 } },
    NOW + 10_000,
    failed,
  );
  expect(kindsOf(later.state)).toEqual(['line-test-failed']);
});
