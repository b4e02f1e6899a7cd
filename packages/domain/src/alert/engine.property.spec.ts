import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyEngine, loadEngine, step } from './engine.ts';
import { ancestorsOf } from './root-cause.ts';
import type { AgentFacts, AlertChange, AlertRecord, EngineInput, GatewayFacts } from './types.ts';
import type { EngineState } from './engine-state.ts';
import { LONG_RUNS } from './testing/long-runs.ts';

/**
 * The engine under any facts in any order: not what a real fleet would say, but whatever may arrive. A failing case is
 * printed by fast-check with its seed.
 */
const START = 1_800_000_000_000;
const MINUTE = 60_000;
const SITES = ['s0', 's1'];
const GATEWAYS = ['g0', 'g1', 'g2', 'g3', 'g4', 'g5'];
const siteOf = (gateway: string) => SITES[GATEWAYS.indexOf(gateway) % 2]!;

const topology: EngineInput['topology'] = {
  sites: new Map(SITES.map((id) => [id, { id, customerId: 'c' }])),
  agents: new Map(SITES.map((siteId) => [`a-${siteId}`, { id: `a-${siteId}`, siteId }])),
  gateways: new Map(
    GATEWAYS.map((id) => {
      const siteId = siteOf(id);
      return [id, { id, siteId, agentId: `a-${siteId}`, model: 'M', firmware: '1', registrar: null }];
    }),
  ),
};

/** After a change by hand: another SIP server, and other firmware. */
const changed: EngineInput['topology'] = {
  ...topology,
  gateways: new Map(
    [...topology.gateways].map(([id, gateway]) => [id, { ...gateway, firmware: '2', registrar: 'sip.example' }]),
  ),
};

interface Move {
  waitMs: number;
  dispatchInMs: number;
  gone: string[];
  interruptedMs: number | null;
  changed: boolean;
  agents: { site: string; online: boolean; silentMs: number; stopped: boolean; answers: boolean | null }[];
  gateways: {
    id: string;
    reachable: boolean;
    ageMs: number;
    oper: (number | null)[];
    registration: (number | null)[];
    restarted: boolean;
  }[];
  maintenance: string[];
  restart: boolean;
}

const cells = (codes: number[]) => fc.array(fc.constantFrom(null, ...codes), { minLength: 3, maxLength: 3 });
const move: fc.Arbitrary<Move> = fc.record({
  waitMs: fc.constantFrom(0, 1_000, 7_000, 16_000, 40_000, 100_000, 400_000),
  dispatchInMs: fc.constantFrom(-60_000, -60_000, -60_000, 30_000),
  gone: fc.constantFrom([], [], [], ['gateway:g0'], ['site:s1'], ['port:g1/2']),
  interruptedMs: fc.constantFrom(null, null, null, 60_000, 300_000),
  changed: fc.boolean(),
  agents: fc.array(
    fc.record({
      site: fc.constantFrom(...SITES),
      online: fc.boolean(),
      silentMs: fc.constantFrom(0, 5_000, 80_000),
      stopped: fc.constantFrom(false, false, false, true),
      answers: fc.constantFrom(null, true, false),
    }),
    { maxLength: 2 },
  ),
  gateways: fc.array(
    fc.record({
      id: fc.constantFrom(...GATEWAYS),
      reachable: fc.constantFrom(true, true, false),
      ageMs: fc.constantFrom(-5_000, 0, 1_000, 20_000, 3_600_000),
      oper: cells([0, 1]),
      registration: cells([0, 2]),
      restarted: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 6 },
  ),
  maintenance: fc.constantFrom([], [], ['site:s0'], ['gateway:g1']),
  restart: fc.boolean(),
});

function agentFacts(one: Move['agents'][number], now: number): AgentFacts {
  return {
    agentId: `a-${one.site}`,
    siteId: one.site,
    lastSeenAt: now - one.silentMs,
    online: one.online,
    stoppedAt: one.stopped ? now - 1_000 : null,
    clockSkewMs: 0,
    outboxOldestAt: null,
    certificateExpiresAt: now + 1e10,
    lostAt: null,
    identityConflictAt: null,
    returnAskedAt: null,
    siteAnswers: one.answers,
    lifeSafetyLines: {},
  };
}

function gatewayFacts(one: Move['gateways'][number], now: number): GatewayFacts {
  const siteId = siteOf(one.id);
  return {
    gatewayId: one.id,
    siteId,
    agentId: `a-${siteId}`,
    customerId: 'c',
    pollIntervalMs: 30_000,
    observedAt: now - one.ageMs,
    reachability: one.reachable ? 'reachable' : 'unreachable',
    reachabilityAt: now - one.ageMs,
    unreadable: null,
    uptimeS: null,
    restartedAt: one.restarted ? now - 1_000 : null,
    temperatureC: 40,
    alarms: [],
    happened: [],
    registrarAlarm: false,
    failedActions: [],
    configuration: { change: null, drift: null },
    positions: [1, 2, 3],
    devices: ['phone', 'lift-phone', 'fax'],
    admin: [0, 0, 0],
    oper: one.oper,
    hook: null,
    call: null,
    registration: one.registration,
    fault: null,
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

const inputOf = (one: Move, now: number): EngineInput => ({
  now,
  topology: one.changed ? changed : topology,
  agents: one.agents.filter(({ site }) => !one.gone.includes(`site:${site}`)).map((agent) => agentFacts(agent, now)),
  // Nothing is heard of what is gone.
  gateways: one.gateways
    .filter(({ id }) => !one.gone.some((name) => name === `site:${siteOf(id)}` || name.includes(id)))
    .map((gateway) => gatewayFacts(gateway, now)),
  thresholds: [],
  maintenance: new Map(one.maintenance.map((name) => [name, { windowId: 'w', until: now + 3_600_000 }])),
  dueMax: Number.POSITIVE_INFINITY,
  interruption: one.interruptedMs === null ? null : { from: now - one.interruptedMs, to: now },
  gone: one.gone,
});

const reborn = (state: EngineState): EngineState =>
  loadEngine(JSON.parse(JSON.stringify([...state.records.values()])) as AlertRecord[], state.dispatchFrom);

/** In the order of the keys; what happened to one key stays in its order. */
const inOrder = (changes: readonly AlertChange[]) =>
  changes.toSorted((a, b) => (a.record.key < b.record.key ? -1 : a.record.key > b.record.key ? 1 : 0));

/** The same step, with at most one gateway that is only due at a time. */
function inPortions(state: EngineState, input: EngineInput): AlertChange[] {
  const changes: AlertChange[] = [];
  let portion = step(state, { ...input, dueMax: 1 });
  changes.push(...portion.changes);
  while (portion.unfinished) {
    portion = step(portion.state, { ...input, agents: [], gateways: [], gone: [], dueMax: 1 });
    changes.push(...portion.changes);
  }
  return changes;
}

/** What people hear of, whatever happened in between. */
const essence = (changes: readonly AlertChange[]) =>
  changes
    .filter(({ type }) => type !== 'changed')
    .map(({ type, record }) => `${type} ${record.key}`)
    .toSorted();

/** What has been told of each key: openings and endings alternate, and an announcement lies between them once. */
class Ledger {
  readonly #open = new Map<string, boolean>();

  take(changes: readonly AlertChange[]): void {
    for (const { type, record } of changes) {
      const { key } = record;
      if (type === 'opened') {
        expect(this.#open.has(key), `${key} opened twice`).toBe(false);
        this.#open.set(key, false);
      } else expect(this.#open.has(key), `${type} of ${key}, which is not open`).toBe(true);
      if (type === 'announce') {
        expect(this.#open.get(key), `${key} announced twice`).toBe(false);
        this.#open.set(key, true);
      }
      if (type === 'resolved') {
        expect(record.announced, `the end of ${key} knows whether it was told`).toBe(this.#open.get(key));
        this.#open.delete(key);
      }
    }
  }

  get size(): number {
    return this.#open.size;
  }
}

test('any facts in any order: no child is told beside its cause, every raise has one end, a restart changes nothing', () => {
  fc.assert(
    fc.property(fc.array(move, { minLength: 1, maxLength: 25 }), (moves) => {
      const ledger = new Ledger();
      let now = START;
      let state = emptyEngine(START);
      for (const one of moves) {
        now += one.waitMs;
        const input = inputOf(one, now);
        state = { ...state, dispatchFrom: now + one.dispatchInMs };
        const result = step(state, input);
        // What is loaded looks at everything; what goes on looks only at what may have changed.
        expect(inOrder(step(reborn(state), input).changes)).toEqual(inOrder(result.changes));
        // In small portions the same happens.
        expect(essence(inPortions(state, input))).toEqual(essence(result.changes));
        for (const change of result.changes) {
          if (change.type !== 'announce') continue;
          const { record } = change;
          const names = [`site:${record.where.siteId}`, `gateway:${record.where.gatewayId}`];
          expect(names.filter((name) => input.maintenance.has(name))).toEqual([]);
          for (const key of ancestorsOf(record, input.topology)) {
            const cause = result.state.records.get(key);
            // A restart explains what follows it for three minutes only.
            if (cause === undefined || cause.kind === 'gateway-rebooted') continue;
            expect(cause.phase, `${record.key} told while ${key} is ${cause.phase}`).toBe(null);
          }
        }
        if (result.nextAt !== null) expect(result.nextAt).toBeGreaterThan(now);
        ledger.take(result.changes);
        state = one.restart ? reborn(result.state) : result.state;
      }
      // All is well for an hour: everything ends, and nothing is remembered.
      const well: Move = {
        waitMs: 0,
        dispatchInMs: 0,
        gone: [],
        interruptedMs: null,
        changed: false,
        agents: SITES.map((site) => ({ site, online: true, silentMs: 0, stopped: false, answers: null })),
        gateways: GATEWAYS.map((id) => ({
          id,
          reachable: true,
          ageMs: 0,
          oper: [0, 0, 0],
          registration: [0, 0, 0],
          restarted: false,
        })),
        maintenance: [],
        restart: false,
      };
      for (let minute = 0; minute < 60; minute += 1) {
        now += MINUTE;
        const result = step(state, inputOf(well, now));
        expect(result.changes.filter(({ type }) => type === 'opened' || type === 'announce')).toEqual([]);
        ledger.take(result.changes);
        state = result.state;
      }
      expect(ledger.size).toBe(0);
      expect(state.records.size).toBe(0);
    }),
    { numRuns: LONG_RUNS ? 300 : 100 },
  );
});
