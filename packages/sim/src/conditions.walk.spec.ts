import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AlarmEvent,
  type AlarmMemory,
  CONDITION_KINDS,
  CONDITION_SOURCES,
  CONDITIONS,
  type ConditionKind,
  conditionOfEvent,
  type ConditionSource,
  effectiveRegistration,
  emptyEngine,
  EVENT_ROLES,
  eventsOfList,
  fromCode,
  type GatewayFacts,
  hearAlarm,
  NO_ALARMS,
  PORT_STATE_FIELDS,
  SOURCED_KINDS,
  step,
  UNREADABLE_CODES,
  WITHOUT_SOURCE,
} from '@loopstart/domain';
import {
  answersFrom,
  actionRules,
  blindSpots,
  type Driver,
  drivers,
  encodeTables,
  exampleState,
  interpretInventory,
  interpretNotification,
  interpretPoll,
  inventoryPlan,
  pollPlan,
  readActiveAlarms,
  type SimState,
  canReport,
} from '@loopstart/drivers';
import type { VarBind } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { Fault, FAULT_KINDS, type FaultKind, placeProblem, PROVISIONING_FAULT_KINDS } from './fault/fault.ts';
import { parseSpec, SimGatewaySpec } from './fleet/spec.ts';
import { planGateway } from './gateway/gateway-plan.ts';
import { LivingGateway } from './gateway/living-gateway.ts';
import type { Change } from './line/changes.ts';
import { canonicalState, staticState } from './snmp/canonical-state.ts';
import { noticeOf } from './snmp/notices.ts';

/**
 * No condition waits for a notification that no gateway sends, and no notification is sent in vain: this spec visits
 * every driver, each of its notifications, every condition and every fault of the simulator.
 */

const NOW = Date.UTC(2026, 2, 3, 10, 0, 0);
const named = drivers.map((driver) => [driver.id, driver] as const);
type Rule = Driver['notifications']['rules'][number];

describe('every condition', () => {
  test('has a source, or a reason why it has none yet', () => {
    expect(CONDITION_KINDS.filter((kind) => CONDITION_SOURCES[kind].length === 0)).toEqual(
      CONDITION_KINDS.filter((kind) => WITHOUT_SOURCE[kind] !== undefined),
    );
    expect(Object.keys(CONDITIONS).toSorted()).toEqual([...CONDITION_KINDS].toSorted());
  });

  test.for(SOURCED_KINDS.flatMap((kind) => CONDITION_SOURCES[kind].map((source) => [kind, source] as const)))(
    '%s is yielded by %o',
    ([, source]) => {
      switch (source.from) {
        case 'poll':
        case 'notification':
          expect(drivers.filter((driver) => canReport(driver, source)).map(({ id }) => id)).not.toEqual([]);
          break;
        case 'reachability':
          for (const code of source.codes) expect(codesOfAgent(), code).toContain(code);
          break;
        case 'action':
          expect(
            drivers.some((driver) => source.what === 'any' || actionRules(driver)[source.what] !== undefined),
          ).toBe(true);
          break;
        case 'conditions':
          for (const kind of source.of) expect(SOURCED_KINDS).toContain(kind);
          break;
        case 'cloud':
          expect(source.sees).not.toBe('');
      }
    },
  );

  test('why a gateway is not read raises exactly one condition, or intentionally none', () => {
    const raising = SOURCED_KINDS.flatMap((kind) =>
      CONDITION_SOURCES[kind].flatMap((source) => (source.from === 'reachability' ? source.codes : [])),
    );
    // An address whose gateway is read elsewhere, and one that cannot be polled, do not stand for a gateway.
    expect([...raising, 'read-elsewhere', 'target-refused'].toSorted()).toEqual([...UNREADABLE_CODES].toSorted());
  });
});

describe.for(named)('notifications of %s', ([, driver]) => {
  const { ports } = exampleState(driver);

  test.for(driver.notifications.rules.map((rule) => [rule.object, rule] as const))(
    '%s has the effect of its meaning',
    ([, rule]) => {
      const events = inputsOf(driver, rule).map((varbinds) => interpret(driver, rule, varbinds));
      for (const event of events)
        expect(rule.means, event.text).toContainEqual({
          kind: event.kind,
          about: event.position === null ? 'gateway' : 'port',
          keyed: event.alarmKey !== null,
        });
      for (const { kind, about, keyed } of rule.means) {
        const role = EVENT_ROLES[kind];
        if (role.does !== 'raise') continue;
        const condition = conditionOfEvent(kind, { keyed, position: about === 'port' ? 1 : null });
        if (condition === null) {
          // It names no line: the poll that follows must find it.
          expect([kind, rule.pollNow], rule.object).toEqual(['registration-lost', true]);
          expect(canReport(driver, { from: 'poll', field: 'registration' })).toBe(true);
        } else
          expect(CONDITION_SOURCES[condition], `${kind} to ${condition}`).toContainEqual(source(kind, about, keyed));
      }
    },
  );

  test('what is raised with a key is cleared with the same key, and ends its condition', () => {
    const all = driver.notifications.rules.flatMap((rule) =>
      inputsOf(driver, rule).map((varbinds) => ({ rule, event: interpret(driver, rule, varbinds) })),
    );
    const raised = all.filter(
      ({ event }) =>
        isRaise(event) &&
        event.alarmKey !== null &&
        conditionOfEvent(event.kind, { keyed: true, position: event.position }) !== null,
    );
    for (const { rule, event } of raised) {
      const clear = all.find(({ event: other }) => !isRaise(other) && other.alarmKey === event.alarmKey);
      expect(clear, `${rule.object}: nothing clears ${event.alarmKey}`).toBeDefined();
      const memory = hearAlarm(NO_ALARMS, event);
      expect(memory.standing).toHaveLength(1);
      expect(hearAlarm(memory, { ...clear!.event, at: NOW + 1 }).standing, rule.object).toEqual([]);
    }
    if (ports.length > 0) expect(raised.length).toBeGreaterThan(0);
  });

  test('and each alarm reaches its condition where no reading has the same', () => {
    for (const rule of driver.notifications.rules)
      for (const varbinds of inputsOf(driver, rule)) {
        const event = interpret(driver, rule, varbinds);
        const condition = conditionOfEvent(event.kind, { keyed: event.alarmKey !== null, position: event.position });
        if (condition === null || !isRaise(event)) continue;
        const times = CONDITIONS[condition].parameters['timesMin']?.default ?? 1;
        let alarms: AlarmMemory = NO_ALARMS;
        for (let at = 0; at < times; at += 1) alarms = hearAlarm(alarms, { ...event, at: NOW - 100 - at });
        const facts = factsOf(driver, blank(exampleState(driver)), alarms);
        expect(raisedBy(facts), `${rule.object}: ${event.kind}`).toContain(condition);
      }
  });
});

describe.for(named.filter(([, driver]) => exampleState(driver).ports.length > 0))('readings of %s', ([, driver]) => {
  const example = exampleState(driver);
  const cases = SOURCED_KINDS.flatMap((kind) =>
    CONDITION_SOURCES[kind].flatMap((source) =>
      source.from === 'poll' && source.words !== undefined && canReport(driver, source) && example.ports.length > 0
        ? source.words
            .filter((word) => canReport(driver, { ...source, words: [word] }))
            .map((word) => [kind, source.field, word] as const)
        : [],
    ),
  );
  test.for(cases)('%s by %s %s', ([kind, field, word]) => {
    const at = kind === 'no-dial-tone' ? example.ports.findIndex((port) => port.kind === 'fxo') : 0;
    const all = kind === 'registrar-lost' || kind === 'lines-failed-together';
    const states = example.states.map((state, index) => (all || index === at ? { ...state, [field]: word } : state));
    if (at < 0 || (all && states.length < (CONDITIONS[kind].parameters['portsMin']?.default ?? 1))) return;
    // One column may report several fields at once, so the word is also tried alone.
    const alone = { admin: null, oper: null, hook: null, call: null, registration: null, fault: null };
    const only = (base: object) => states.map((state) => ({ ...alone, ...base, [field]: state[field as 'oper'] }));
    const read = [states, only({}), only({ admin: 'unlocked' })]
      .map((tried) => factsOf(driver, { ...example, states: tried }, NO_ALARMS))
      .find((tried) => fromCode<string>(PORT_STATE_FIELDS[field as 'oper'], tried[field as 'oper']?.[at]) === word);
    expect(read, `no answer of ${driver.id} decodes to ${word}`).toBeDefined();
    expect(raisedBy(read!)).toContain(kind);
  });
});

/** What each fault of the simulator is to an observer. */
const SHOULD_RAISE: Readonly<Record<FaultKind, readonly ConditionKind[]>> = {
  unplug: ['port-out-of-service'],
  short: ['port-out-of-service', 'receiver-off-hook'],
  'ground-fault': ['port-out-of-service'],
  'foreign-voltage': ['line-test-failed'],
  'no-feed': ['line-test-failed'],
  'over-temperature': ['port-out-of-service', 'over-temperature'],
  'hardware-failure': ['port-out-of-service'],
  'receiver-off-hook': ['receiver-off-hook'],
  'registration-rejected': ['port-unregistered'],
  'registrar-lost': ['port-unregistered'],
  hang: ['gateway-unreachable'],
  'slow-answers': ['gateway-unreachable'],
  'wrong-answers': ['gateway-not-readable'],
  reboot: ['gateway-rebooted'],
  'power-loss': ['gateway-unreachable', 'gateway-rebooted'],
  // What was lost with them is seen by the list of active alarms, where the maker has one; see below.
  'notifications-lost': [],
  // They act on a configuration, and these gateways take none.
  'provisioning-refuses': [],
  'comes-back-wrong': [],
  'never-comes-back': [],
  'forgets-registration': [],
  'slow-link': [],
  'transfer-cut': [],
  'power-cut': [],
};

describe.for(named)('faults of the simulator on %s', ([, driver]) => {
  const faults = FAULT_KINDS.flatMap((kind) =>
    [null, 1].flatMap((port) => (placeProblem({ kind, port }) === null ? [[kind, port] as const] : [])),
  );
  test.for(faults.filter(([kind]) => !OF_THE_WAY.has(kind)))(
    '%s on %s is detected, or listed as a blind spot',
    ([kind, port]) => {
      const expected = kind === 'registrar-lost' && port === null ? (['registrar-lost'] as const) : SHOULD_RAISE[kind];
      const model = driver.models[0];
      if (model === undefined || exampleState(driver).ports.length === 0) return;
      const { raised, ended } = lived(driver, model.name, Fault.parse({ kind, port }));
      const seen = expected.filter((condition) => raised.has(condition));
      if (seen.length > 0) {
        expect(
          [...ended].filter((condition) => expected.includes(condition)),
          'still raised after the fault',
        ).toEqual([]);
        return;
      }
      // A gateway without this sense: its page says so, or only a test of the line shows it.
      const blind = new Set(blindSpots(driver));
      const unseen = expected.filter((condition) => !blind.has(condition) && !INVISIBLE[kind]?.has(condition));
      expect(unseen).toEqual([]);
    },
  );
});

/** Faults on the path to the gateway, or to its configuration: the agent detects them, not a reading. */
const OF_THE_WAY: ReadonlySet<FaultKind> = new Set([
  'hang',
  'slow-answers',
  'wrong-answers',
  'power-loss',
  'notifications-lost',
  ...PROVISIONING_FAULT_KINDS,
]);
/** An idle line draws no current, so a gateway without a test detects nothing; a test does. */
const INVISIBLE: Partial<Record<FaultKind, ReadonlySet<ConditionKind>>> = {
  unplug: new Set(['port-out-of-service']),
  short: new Set(['port-out-of-service', 'receiver-off-hook']),
  'foreign-voltage': new Set(['line-test-failed']),
  'no-feed': new Set(['line-test-failed']),
  'over-temperature': new Set(['port-out-of-service', 'over-temperature']),
  'ground-fault': new Set(['port-out-of-service']),
};

describe.for(named.filter(([, driver]) => driver.activeAlarms !== undefined))(
  'the list of active alarms of %s',
  ([, driver]) => {
    const { lists, overflow } = driver.activeAlarms!;
    const example = exampleState(driver);
    const ruleOf = (trapOid: string) => driver.notifications.rules.find((rule) => rule.trapOid === trapOid)!;
    const raises = (rule: Rule) =>
      inputsOf(driver, rule).filter((varbinds) => isRaise(interpret(driver, rule, varbinds)));
    /** The agent's reading of a list with these rows. */
    const listOf = (wishes: SimState['alarms']) =>
      listRead(driver, encodeTables(driver, { ...blank(example), alarms: wishes ?? [] }));

    test('has the same keys as its notifications, which do not overlap', () => {
      for (const { trapOid, keys } of lists)
        for (const varbinds of inputsOf(driver, ruleOf(trapOid)))
          expect(interpret(driver, ruleOf(trapOid), varbinds).alarmKey?.startsWith(keys), trapOid).not.toBe(false);
      expect(new Set(lists.map(({ keys }) => keys)).size).toBe(lists.length);
    });

    test.for(lists.map(({ trapOid }) => [ruleOf(trapOid).object, ruleOf(trapOid)] as const))(
      '%s that is no longer in it is cleared, but not by an incomplete list',
      ([, rule]) => {
        for (const varbinds of raises(rule)) {
          const memory = hearAlarm(NO_ALARMS, interpret(driver, rule, varbinds));
          if (memory.standing.length === 0) continue;
          const empty = listOf([])!;
          const after = eventsOfList(memory, { ...empty, at: NOW + 1 }).reduce(hearAlarm, memory);
          expect(after.standing, rule.object).toEqual([]);
        }
        const none = answersFrom([], pollPlan(driver));
        expect(readActiveAlarms(driver, none, example.ports)).toBeNull();
      },
    );

    test('that overflowed clears no missing alarm', () => {
      if (overflow === null) return;
      const rule = ruleOf(overflow);
      const encoded = rule.encode?.({ kind: 'alarm-raised', position: null }, example.ports) ?? [];
      const { trapOid, carried, gravest } = driver.activeAlarms!;
      const row = [
        { oid: `${trapOid.oid}.1`, value: trapOid.codec.encode(overflow)! },
        ...carried.map(({ column, as }) => ({
          oid: `${column.oid}.1`,
          value: encoded.find(({ oid }) => oid === `${as}.0`)!.value,
        })),
        { oid: gravest.source.oid, value: gravest.source.codec.encode(gravest.usual)! },
      ];
      expect(listRead(driver, row)).toMatchObject({ covers: [], alarms: [{ kind: 'alarm-raised' }] });
      expect(listRead(driver, row.slice(0, -2)), 'a row that lacks a cell').toBeNull();
    });

    test.for(['hardware-failure', 'ground-fault', 'receiver-off-hook', 'over-temperature', 'registrar-lost'] as const)(
      'repairs the effect of lost notifications of %s',
      (kind) => {
        const port = placeProblem({ kind, port: null }) === null ? null : 1;
        for (const lost of ['raise', 'clear'] as const) {
          const { raised, ended } = lived(driver, driver.models[0]!.name, Fault.parse({ kind, port }), lost);
          expect(raised.size, `${kind}, ${lost} lost`).toBeGreaterThan(0);
          expect([...ended], `${kind}, ${lost} lost`).toEqual([]);
        }
      },
    );
  },
);

/** The list as an agent reads it that read all columns to their end. */
function listRead(driver: Driver, tables: VarBind[]) {
  const { ports } = interpretInventory(
    driver,
    answersFrom(encodeTables(driver, exampleState(driver)), inventoryPlan(driver)),
  );
  return readActiveAlarms(driver, answersFrom(tables, pollPlan(driver)), ports);
}

/** Lives with a fault for five minutes and without it for five, and evaluates after each. */
function lived(driver: Driver, model: string, fault: Fault, lost: 'raise' | 'clear' | null = null) {
  let now = NOW;
  const ports = exampleState(driver, model).ports.map(() => ({}));
  const spec = parseSpec(SimGatewaySpec, { name: 'gw', driver: driver.id, model, ports }, 'gateway');
  const plan = planGateway(spec, { timeZone: 'UTC', pace: 1 }, 1);
  const living = new LivingGateway(plan, spec, () => now);
  const known = staticState(driver, { ...spec, model });
  let alarms: AlarmMemory = NO_ALARMS;
  living.onChange((changes: readonly Change[]) => {
    for (const change of changes) {
      if (living.life.active.some(({ kind }) => kind === 'notifications-lost')) continue;
      const notice = noticeOf(driver, known.ports, change);
      if (notice === null) continue;
      const { events } = interpretNotification(driver.notifications, { ...notice, uptimeTicks: 1 }, known.ports);
      for (const event of events) alarms = hearAlarm(alarms, { ...event, at: change.at });
    }
  });
  const judge = () => {
    for (const end = now + 300_000; now < end; now += 1_000) void living.life;
    const state = canonicalState(known, plan.profile, living.life, now, driver);
    const list = lost === null ? null : listRead(driver, encodeTables(driver, state));
    if (list !== null) alarms = eventsOfList(alarms, { ...list, at: now }).reduce(hearAlarm, alarms);
    return new Set(raisedBy(factsOf(driver, state, alarms, now), now));
  };
  const losing = Fault.parse({ kind: 'notifications-lost' });
  if (lost === 'raise') living.setFault(losing);
  living.setFault(fault, fault.kind === 'reboot' ? { forMs: 20_000 } : {});
  const raised = judge();
  if (lost === 'clear') living.setFault(losing);
  living.clearFaults(({ kind }) => kind !== losing.kind);
  now += 3_600_000;
  return { raised, ended: judge() };
}

/** The agent's codes for why a gateway is not read that occur in the condition's sources. */
function codesOfAgent(): readonly string[] {
  const root = join(import.meta.dirname, '../../../apps/agent/src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  return UNREADABLE_CODES.filter((code) => sources.includes(`'${code}'`));
}

function source(kind: AlarmEvent['kind'], about: 'gateway' | 'port', keyed: boolean): ConditionSource {
  return { from: 'notification', kind, about, keyed };
}

function isRaise({ kind, severity }: AlarmEvent): boolean {
  return EVENT_ROLES[kind].does === 'raise' && severity !== 'cleared';
}

function interpret(driver: Driver, rule: Rule, varbinds: VarBind[]): AlarmEvent {
  const { ports } = exampleState(driver);
  const { events } = interpretNotification(
    driver.notifications,
    { trapOid: rule.trapOid, varbinds, uptimeTicks: 1 },
    ports,
  );
  return { ...events[0]!, at: NOW };
}

/**
 * The varbinds of the rule's notifications: those it can encode, and the same about a port where its source is a text.
 */
function inputsOf(driver: Driver, rule: Rule): VarBind[][] {
  const { ports } = exampleState(driver);
  const encoded = rule.means.flatMap(({ kind, about }) => {
    const varbinds = rule.encode?.({ kind, position: about === 'port' ? (ports[0]?.position ?? null) : null }, ports);
    return varbinds == null ? [] : [varbinds];
  });
  const aboutPort = encoded.map((varbinds) =>
    varbinds.map(({ oid, value }) =>
      value.type === 'octets' && new TextDecoder().decode(value.value) === 'Board#1'
        ? { oid, value: { ...value, value: new TextEncoder().encode('System#0/analogports#1') } }
        : { oid, value },
    ),
  );
  return encoded.length === 0 ? [[]] : [...encoded, ...aboutPort];
}

/** The same gateway without any state: its readings have no values. */
function blank(state: SimState): SimState {
  const nothing = { admin: null, oper: null, hook: null, call: null, registration: null, fault: null };
  return { ...state, states: state.states.map(() => nothing) };
}

/** The cloud's facts after one reading of a gateway in this state. */
function factsOf(driver: Driver, state: SimState, alarms: AlarmMemory, now = NOW): GatewayFacts {
  const tables = encodeTables(driver, state);
  const { ports } = interpretInventory(driver, answersFrom(tables, inventoryPlan(driver)));
  const { state: read, gatewayMeasures } = interpretPoll(driver, ports, answersFrom(tables, pollPlan(driver)));
  const serverLost = alarms.standing.some(
    ({ condition, position }) => condition === 'registrar-lost' && position === null,
  );
  const registration = effectiveRegistration(
    read.registration,
    ports.map(() => true),
    serverLost,
  );
  return {
    gatewayId: 'g',
    siteId: 's',
    agentId: 'a',
    customerId: 'c',
    pollIntervalMs: 30_000,
    observedAt: now,
    reachability: 'reachable',
    reachabilityAt: now,
    unreadable: null,
    uptimeS: gatewayMeasures.uptimeS,
    restartedAt: alarms.startedAt,
    temperatureC: gatewayMeasures.temperatureC,
    alarms: alarms.standing,
    happened: alarms.happened,
    registrarAlarm: registration.byAlarm,
    failedActions: [],
    configuration: { change: null, drift: null },
    positions: ports.map(({ position }) => position),
    devices: ports.map(() => 'phone' as const),
    ...read,
    registration: registration.cells,
    stateSince: null,
    lineVoltageV: null,
    loopCurrentMa: null,
    jitterMs: null,
    packetLossPercent: null,
    recentCalls: null,
    baselines: null,
    lineTests: null,
  };
}

/** Kinds that are bad after one evaluation; whether for long enough does not matter here. */
function raisedBy(gateway: GatewayFacts, now = NOW): ConditionKind[] {
  const { state } = step(emptyEngine(now), {
    now,
    topology: { sites: new Map(), agents: new Map(), gateways: new Map() },
    agents: [],
    gateways: [gateway],
    thresholds: [],
    maintenance: new Map(),
    interruption: null,
    dueMax: Number.POSITIVE_INFINITY,
    gone: [],
  });
  return [...state.records.values()].filter(({ phase }) => phase !== null).map(({ kind }) => kind);
}
