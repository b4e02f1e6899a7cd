import { describe, expect, test } from 'vitest';
import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  type FaultReason,
  OPER_STATES,
  type OperState,
  REGISTRATION_STATES,
  type RegistrationState,
} from '../../line/vocabulary.ts';
import type { ConditionKind } from '../kinds.ts';
import { HEALTHY, two } from '../testing/facts.ts';
import { at, NOW } from '../testing/records.ts';
import { Thresholds } from '../thresholds.ts';
import type { GatewayFacts, Observation, ThresholdOverride } from '../types.ts';
import type { RuleContext } from './context.ts';
import { portRules } from './port.rules.ts';

const IN_SERVICE = OPER_STATES.indexOf('in-service');
const OUT = OPER_STATES.indexOf('out-of-service');
const REGISTERED = REGISTRATION_STATES.indexOf('registered');
const LOCKED = ADMIN_STATES.indexOf('locked');
const NONE = FAULT_REASONS.indexOf('none');
const REGISTERING = REGISTRATION_STATES.indexOf('registering');
const NOT_USED = REGISTRATION_STATES.indexOf('not-used');
const LOST = REGISTRATION_STATES.indexOf('unregistered');

type Cells = (number | null)[];

const NOT_MEASURED = {
  lineVoltageV: null,
  loopCurrentMa: null,
  jitterMs: null,
  packetLossPercent: null,
  recentCalls: null,
  lineTests: null,
  baselines: null,
};

interface Found {
  kind: ConditionKind;
  at: number;
  since: number;
  text: string;
  seen: Observation['evidence']['seen'];
}
/** Which of the two "most lines" conditions a gateway of eight lines has, by what was read of the lines. */
function together(read: Partial<GatewayFacts>, parameters: Record<string, number> = {}): Found[] {
  const positions = [1, 2, 3, 4, 5, 6, 7, 8];
  const unread = { admin: null, oper: null, hook: null, call: null, fault: null, registration: null, stateSince: null };
  const devices = positions.map(() => 'phone' as const);
  const facts: GatewayFacts = { ...HEALTHY, ...NOT_MEASURED, ...unread, positions, devices, ...read };
  const setting = { scope: 'operator', scopeId: null, off: false, reason: 'test', parameters } as const;
  const thresholds = new Thresholds([
    { ...setting, kind: 'lines-failed-together' },
    { ...setting, kind: 'registrar-lost' },
  ]);
  const context: RuleContext = { now: NOW, thresholds, isBad: () => false, agentLost: () => false };
  const found: Found[] = [];
  portRules({ facts, at: NOW, place: at({ gatewayId: 'g1' }), context, found: [] }, (kind, finding) =>
    found.push({ kind, ...finding }),
  );
  return found;
}
const cells = (bad: number, badCount: number, good: number, goodCount: number): Cells => [
  ...Array.from({ length: badCount }, () => bad),
  ...Array.from({ length: goodCount }, () => good),
  ...Array.from({ length: 8 - badCount - goodCount }, () => null),
];

const inUse = (count: number) =>
  Array.from({ length: 8 }, (_, index) => (index < count ? ('phone' as const) : ('unused' as const)));

describe('most lines', () => {
  const UNLOCKED = ADMIN_STATES.indexOf('unlocked');
  const dead = (failed: number, of: number, rest = '') =>
    `${failed} of ${of} lines of the gateway are out of service.${rest}`;
  const lost = (failed: number, of: number, rest = '') =>
    `${failed} of ${of} lines of the gateway have no SIP registration.${rest}`;
  test.for<{
    name: string;
    read: Partial<GatewayFacts>;
    parameters?: Record<string, number>;
    text: string | null;
    seen?: Record<string, number>;
  }>([
    {
      name: 'five of eight',
      read: { oper: cells(OUT, 5, IN_SERVICE, 3) },
      text: dead(5, 8),
      seen: { failed: 5, of: 8, unread: 0 },
    },
    { name: 'four of eight', read: { oper: cells(OUT, 4, IN_SERVICE, 4) }, text: null },
    {
      name: 'four of eight, where half is set to be most',
      read: { oper: cells(OUT, 4, IN_SERVICE, 4) },
      parameters: { sharePercent: 50 },
      text: dead(4, 8),
    },
    {
      name: 'five of five, three were not read',
      read: { oper: cells(OUT, 5, IN_SERVICE, 0) },
      text: dead(5, 5, ' 3 more could not be read.'),
      seen: { failed: 5, of: 5, unread: 3 },
    },
    { name: 'three of three, five were not read', read: { oper: cells(OUT, 3, IN_SERVICE, 0) }, text: null },
    {
      name: 'by their faults',
      read: { fault: cells(FAULT_REASONS.indexOf('short-circuit'), 5, NONE, 3) },
      text: dead(5, 8),
    },
    {
      name: 'five of five, where others are locked',
      read: { oper: cells(OUT, 5, OUT, 3), admin: cells(UNLOCKED, 5, LOCKED, 3) },
      text: dead(5, 5),
    },
    {
      name: 'not of those that are locked',
      read: { oper: cells(OUT, 8, OUT, 0), admin: cells(LOCKED, 6, UNLOCKED, 2) },
      text: null,
    },
    { name: 'three of three in use', read: { oper: cells(OUT, 8, OUT, 0), devices: inUse(3) }, text: dead(3, 3) },
    { name: 'two of two in use', read: { oper: cells(OUT, 8, OUT, 0), devices: inUse(2) }, text: null },
    {
      name: 'two of two, where two are set to be enough',
      read: { oper: cells(OUT, 8, OUT, 0), devices: inUse(2) },
      parameters: { portsMin: 2 },
      text: dead(2, 2),
    },
    {
      name: 'one is not most, whatever is set',
      read: { oper: cells(OUT, 8, OUT, 0), devices: inUse(1) },
      parameters: { portsMin: 1 },
      text: null,
    },
    {
      name: 'no registration on six',
      read: { registration: cells(LOST, 6, REGISTERED, 2) },
      text: lost(6, 8),
      seen: { failed: 6, of: 8, unread: 0 },
    },
    { name: 'no registration on four', read: { registration: cells(LOST, 4, REGISTERED, 4) }, text: null },
    {
      name: 'no registration on two, six were not read',
      read: { registration: cells(LOST, 2, REGISTERED, 0) },
      text: null,
    },
    {
      name: 'no registration on five, three were not read',
      read: { registration: cells(LOST, 5, REGISTERED, 0) },
      text: lost(5, 5, ' 3 more could not be read.'),
    },
    {
      name: 'no registration on two of two that register',
      read: { registration: cells(LOST, 2, NOT_USED, 6) },
      text: lost(2, 2),
    },
    { name: 'still registering', read: { registration: cells(REGISTERING, 8, REGISTERED, 0) }, text: null },
    {
      name: 'no registration on lines that are locked',
      read: { registration: cells(LOST, 8, LOST, 0), admin: cells(LOCKED, 8, UNLOCKED, 0) },
      text: null,
    },
    {
      name: 'no registration on two of two that are not locked',
      read: { registration: cells(LOST, 2, REGISTERED, 6), admin: cells(UNLOCKED, 2, LOCKED, 6) },
      text: lost(2, 2),
    },
    {
      name: 'where the gateway itself says that it lost its server',
      read: { registration: cells(LOST, 8, LOST, 0), registrarAlarm: true },
      text: null,
    },
  ])('$name', ({ read, parameters, text, seen }) => {
    const found = together(read, parameters);
    expect(found.map((one) => one.text)).toEqual(text === null ? [] : [text]);
    if (seen !== undefined) expect(found[0]!.seen).toEqual(seen);
  });

  test('since the first of them failed', () => {
    const stateSince = [9, 8, 7, 6, 5, 999, 999, 999].map((ago) => NOW - ago);
    const oper = cells(OUT, 5, IN_SERVICE, 3);
    const registration = cells(LOST, 5, REGISTERED, 3);
    expect(together({ oper, stateSince })).toMatchObject([{ kind: 'lines-failed-together', at: NOW, since: NOW - 9 }]);
    expect(together({ registration, stateSince })).toMatchObject([{ kind: 'registrar-lost', since: NOW - 9 }]);
    expect(together({ oper })).toMatchObject([{ since: NOW }]);
    expect(together({ registration })).toMatchObject([{ since: NOW }]);
  });
});

describe('one line', () => {
  const AT = NOW - 1000;
  const fault = (reason: FaultReason, oper: OperState | null = null) => ({
    fault: two(FAULT_REASONS.indexOf(reason), NONE),
    oper: oper === null ? null : two(OPER_STATES.indexOf(oper), IN_SERVICE),
  });
  const registration = (state: RegistrationState) => ({
    registration: two(REGISTRATION_STATES.indexOf(state), REGISTERED),
  });
  const said = (words: string) => `The gateway says: ${words}.`;
  const isBad = (kind: ConditionKind, text: string, seen: Record<string, unknown>) => ({ kind, text, seen });

  /** Finds conditions of a gateway of two ports; the second is well. */
  function find(facts: Partial<GatewayFacts>, settings: Pick<ThresholdOverride, 'kind' | 'off'>[] = []) {
    const found: Observation[] = [];
    const thresholds = new Thresholds(
      settings.map((one) => ({ scope: 'operator', scopeId: null, parameters: {}, reason: 'test', ...one })),
    );
    const context: RuleContext = { now: NOW, thresholds, isBad: () => false, agentLost: () => false };
    const read = { ...HEALTHY, devices: ['phone', 'phone'] as const, ...NOT_MEASURED, ...facts };
    portRules({ facts: read, at: AT, place: at({ gatewayId: 'g1' }), context, found }, () => {});
    return found;
  }

  test.for<{ name: string; facts: Partial<GatewayFacts>; found: ReturnType<typeof isBad>[] }>([
    { name: 'is well', facts: {}, found: [] },
    {
      name: 'tells nothing',
      facts: { admin: null, oper: null, hook: null, call: null, registration: null, fault: null },
      found: [],
    },
    {
      name: 'is out of service',
      facts: { oper: two(OUT, IN_SERVICE) },
      found: [
        isBad('port-out-of-service', 'The gateway says that the line is out of service.', {
          fault: 'none',
          oper: 'out-of-service',
        }),
      ],
    },
    { name: 'is under test', facts: { oper: two(OPER_STATES.indexOf('testing'), IN_SERVICE) }, found: [] },
    {
      name: 'has a fault',
      facts: fault('short-circuit'),
      found: [isBad('port-out-of-service', said('the two wires touch'), { fault: 'short-circuit', oper: null })],
    },
    {
      name: 'has a fault while it counts as in service',
      facts: fault('over-current', 'in-service'),
      found: [
        isBad('port-out-of-service', said('too much current flows'), { fault: 'over-current', oper: 'in-service' }),
      ],
    },
    {
      name: 'cannot be rung',
      facts: fault('ring-failure'),
      found: [isBad('ring-failure', said('the line cannot be rung'), { fault: 'ring-failure', oper: null })],
    },
    {
      name: 'has no exchange line',
      facts: fault('no-exchange-line'),
      found: [isBad('no-dial-tone', said('there is no exchange line'), { fault: 'no-exchange-line', oper: null })],
    },
    {
      name: 'failed its last test',
      facts: fault('line-test-failed'),
      found: [isBad('line-test-failed', said('the last line test failed'), { fault: 'line-test-failed', oper: null })],
    },
    {
      name: 'is locked, and nothing else is said of it',
      facts: { ...fault('short-circuit', 'out-of-service'), ...registration('rejected'), admin: two(LOCKED, 0) },
      found: [isBad('port-locked', 'The line is locked.', { admin: 'locked' })],
    },
    {
      name: 'is about to be locked',
      facts: { admin: two(ADMIN_STATES.indexOf('shutting-down'), 0) },
      found: [isBad('port-locked', 'The line is locked.', { admin: 'shutting-down' })],
    },
    ...(['registering', 'unregistered', 'auth-failed', 'rejected', 'unreachable'] as const).map((state) => ({
      name: `has a registration that is ${state}`,
      facts: registration(state),
      found: [isBad('port-unregistered', `The SIP registration of the line is ${state}.`, { registration: state })],
    })),
    { name: 'registers nowhere', facts: registration('not-used'), found: [] },
    {
      name: 'lost its registration with all of the gateway, as that says',
      facts: { ...registration('unregistered'), registrarAlarm: true },
      found: [],
    },
    {
      name: 'has its receiver off the hook',
      facts: { call: two(CALL_STATES.indexOf('receiver-off-hook'), 0) },
      found: [
        isBad('receiver-off-hook', 'The receiver is off the hook and no call is up.', { call: 'receiver-off-hook' }),
      ],
    },
    { name: 'is in a call', facts: { call: two(CALL_STATES.indexOf('talking'), 0) }, found: [] },
    {
      name: 'is out of service, without registration, off the hook',
      facts: {
        oper: two(OUT, IN_SERVICE),
        ...registration('rejected'),
        call: two(CALL_STATES.indexOf('receiver-off-hook'), 0),
      },
      found: [
        isBad('port-out-of-service', 'The gateway says that the line is out of service.', {
          fault: 'none',
          oper: 'out-of-service',
        }),
        isBad('port-unregistered', 'The SIP registration of the line is rejected.', { registration: 'rejected' }),
        isBad('receiver-off-hook', 'The receiver is off the hook and no call is up.', { call: 'receiver-off-hook' }),
      ],
    },
    {
      name: 'has bad calls',
      facts: { packetLossPercent: two(9, 0) },
      found: [
        isBad('call-quality-poor', 'On this line 9.0 % of the packets are lost.', { lossPercent: 9, jitterMs: null }),
      ],
    },
    { name: 'is used by nobody', facts: { ...fault('short-circuit'), devices: ['unused', 'phone'] }, found: [] },
  ])('$name', ({ facts, found }) => {
    expect(find(facts).map(({ kind, evidence: { text, seen } }) => isBad(kind, text, seen))).toEqual(found);
  });

  test('says where, what is on it and since when', () => {
    const facts = { positions: [11, 12], devices: ['phone', 'lift-phone'] as const, stateSince: [NOW - 1, NOW - 7000] };
    expect(find({ ...facts, oper: two(IN_SERVICE, OUT) })).toMatchObject([
      {
        key: 'port-out-of-service@port:g1/12',
        subject: { type: 'port', id: 'g1/12' },
        where: at({ gatewayId: 'g1', position: 12, lineDeviceClass: 'lift-phone' }),
        severity: 'critical',
        at: AT,
        since: NOW - 7000,
      },
    ]);
  });

  test('since the reading, where no more is known', () => {
    expect(find({ oper: two(OUT, IN_SERVICE), stateSince: null })).toMatchObject([{ since: AT }]);
  });

  test('of which the device is not known is watched', () => {
    expect(find({ oper: two(OUT, IN_SERVICE), devices: [] })).toMatchObject([
      { where: { lineDeviceClass: 'unknown' } },
    ]);
  });

  test('where a kind is not watched only that is left out', () => {
    const facts = { oper: two(OUT, IN_SERVICE), ...registration('rejected') };
    const settings = [{ kind: 'port-out-of-service', off: true }] as const;
    expect(find(facts, [...settings]).map(({ kind }) => kind)).toEqual(['port-unregistered']);
  });

  test.for(FAULT_REASONS.filter((reason) => reason !== 'none'))('every fault has words: %s', (reason) => {
    expect(find(fault(reason))[0]?.evidence.text).toMatch(/^The gateway says: [a-z].{10,}\.$/);
  });
});
