import { describe, expect, test } from 'vitest';
import { ADMIN_STATES, FAULT_REASONS, REGISTRATION_STATES } from '../line/vocabulary.ts';
import { childrenByCause, emptyEngine, loadEngine, step } from './engine.ts';
import type { EngineState, EngineStep } from './engine-state.ts';
import { HEALTHY, HEALTHY_AGENT, two } from './testing/facts.ts';
import { fleet, gatewayRecord, NOW, openRecord } from './testing/records.ts';
import type { AgentFacts, AlertRecord, EngineInput, GatewayFacts } from './types.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const topology = fleet({ s1: 'c1', s2: 'c2' }, { g1: { site: 's1' }, g2: { site: 's1' }, g3: { site: 's2' } }, [
  ['a-s1', 's1'],
  ['a-s2', 's2'],
]);

/** A step in which nothing is known but what is given. */
function go(state: EngineState, more: Partial<EngineInput> = {}): EngineStep {
  return step(state, {
    now: NOW,
    topology,
    agents: [],
    gateways: [],
    thresholds: [],
    maintenance: new Map(),
    interruption: null,
    dueMax: Number.POSITIVE_INFINITY,
    gone: [],
    ...more,
  });
}
const agent = (site: 's1' | 's2', more: Partial<AgentFacts> = {}): AgentFacts => ({
  ...HEALTHY_AGENT,
  agentId: `a-${site}`,
  siteId: site,
  ...more,
});
/** A gateway of two phones, read at `now`. */
const gateway = (id: string, now: number, more: Partial<GatewayFacts> = {}): GatewayFacts => {
  const siteId = topology.gateways.get(id)!.siteId;
  const customerId = topology.sites.get(siteId)!.customerId;
  return {
    ...HEALTHY,
    devices: ['phone', 'phone'],
    gatewayId: id,
    siteId,
    agentId: `a-${siteId}`,
    customerId,
    observedAt: now,
    stateSince: null,
    ...more,
  };
};
const DEAD = { fault: two(FAULT_REASONS.indexOf('short-circuit'), 0) };
const BOTH_DEAD = { fault: two(FAULT_REASONS.indexOf('short-circuit'), FAULT_REASONS.indexOf('over-current')) };
const UNREGISTERED = { registration: two(REGISTRATION_STATES.indexOf('rejected'), 0) };
const AWAY = { reachability: 'unreachable', unreadable: { code: 'no-answer', text: null } } as const;
const LINE = 'port-out-of-service@port:g1/1';
const fresh = () => emptyEngine(NOW - 10 * MINUTE);
const withDeadLine = () => go(fresh(), { gateways: [gateway('g1', NOW, DEAD)] });
/** Two seconds after it was opened, it was announced. */
const withAnnouncedLine = () => go(withDeadLine().state, { now: NOW + 2 * SECOND });
const told = ({ changes }: EngineStep) =>
  changes.map((change) => {
    const detail =
      change.type === 'changed' ? ` ${change.what}` : change.type === 'resolved' ? ` ${change.reason}` : '';
    return `${change.type}${detail} ${change.record.key}`;
  });
const of = ({ state }: EngineStep, key: string) => state.records.get(key);

describe('the life of a dead line', () => {
  test('opens, and waits for its cause', () => {
    const one = withDeadLine();
    expect(told(one)).toEqual([`opened ${LINE}`]);
    expect(of(one, LINE)).toMatchObject({
      phase: 'open',
      hold: { reason: 'settling', until: NOW + 1500 },
      announced: false,
    });
    expect(one).toMatchObject({ nextAt: NOW + 1500, unfinished: false });
  });
  test('is announced once nothing holds it, by time alone', () => {
    const early = go(withDeadLine().state, { now: NOW + 1499 });
    expect(told(early)).toEqual([]);
    const one = go(early.state, { now: NOW + 1500 });
    expect(told(one)).toEqual([`changed hold ${LINE}`, `announce ${LINE}`]);
    expect(of(one, LINE)).toMatchObject({ hold: null, announced: true });
    expect(one.nextAt).toBeNull();
    expect(told(go(one.state, { now: NOW + MINUTE }))).toEqual([]);
  });
  test('is resolved once it was well for long enough, with the time since which it is', () => {
    const well = go(withAnnouncedLine().state, { now: NOW + MINUTE, gateways: [gateway('g1', NOW + MINUTE)] });
    expect(told(well)).toEqual([]);
    expect(well.nextAt).toBe(NOW + MINUTE + 5 * SECOND);
    const over = go(well.state, { now: NOW + MINUTE + 5 * SECOND });
    expect(told(over)).toEqual([`resolved recovered ${LINE}`]);
    expect(over.changes[0]).toMatchObject({ at: NOW + MINUTE });
    expect(of(over, LINE)).toMatchObject({ phase: null, announced: false });
  });
  test('that comes back while it recovers is the same', () => {
    const well = go(withAnnouncedLine().state, { now: NOW + MINUTE, gateways: [gateway('g1', NOW + MINUTE)] });
    const again = go(well.state, { now: NOW + MINUTE + 1, gateways: [gateway('g1', NOW + MINUTE + 1, DEAD)] });
    expect(told(again)).toEqual([]);
    expect(of(again, LINE)).toMatchObject({ phase: 'open', announced: true });
  });
  test('is not announced while nothing is known of it', () => {
    const stale = go(withDeadLine().state, {
      now: NOW + 1,
      gateways: [gateway('g1', NOW + 1, { observedAt: NOW - 10 * MINUTE })],
    });
    expect(told(stale)).toEqual([`changed stale ${LINE}`]);
    expect(of(go(stale.state, { now: NOW + MINUTE }), LINE)).toMatchObject({ announced: false, verdict: 'unknown' });
  });
  test('that was only suspected leaves no change behind', () => {
    const locked = { admin: two(ADMIN_STATES.indexOf('locked'), 0) };
    const one = go(fresh(), { gateways: [gateway('g1', NOW, locked)] });
    expect(told(one)).toEqual([]);
    expect(of(one, 'port-locked@port:g1/1')).toMatchObject({ phase: 'pending', hold: null });
    expect(one.nextAt).toBe(NOW + 3600 * SECOND);
    expect(told(go(one.state, { now: NOW + 1, gateways: [gateway('g1', NOW + 1)] }))).toEqual([]);
  });
});

describe('what changed of an open condition', () => {
  test.for<{ name: string; more: Partial<GatewayFacts>; changes: string[] }>([
    { name: 'nothing', more: DEAD, changes: [] },
    {
      name: 'its words',
      more: { fault: two(FAULT_REASONS.indexOf('over-current'), 0) },
      changes: [`changed evidence ${LINE}`],
    },
    {
      name: 'what is on the line',
      more: { ...DEAD, devices: ['lift-phone', 'phone'] },
      changes: [`changed severity ${LINE}`],
    },
  ])('$name', ({ more, changes }) => {
    const now = NOW + 10 * SECOND;
    expect(told(go(withAnnouncedLine().state, { now, gateways: [gateway('g1', now, more)] }))).toEqual(changes);
  });

  test('that it is not restless any more is told where it was announced', () => {
    const restless: Partial<AlertRecord> = {
      announced: true,
      flapping: true,
      flappingSince: NOW - 60 * MINUTE,
      history: { bits: 0b101010101010101010101, length: 21, at: NOW - 60 * MINUTE },
    };
    const where = { customerId: 'c1', siteId: 's1', agentId: 'a-s1', gatewayId: 'g1', position: 1 };
    const one = go(loadEngine([openRecord('port-out-of-service', 'g1/1', where, restless)], 0));
    expect(told(one)).toEqual([`changed flapping ${LINE}`, `flapping ${LINE}`]);
    expect(one.changes[1]).toMatchObject({ started: false });
    const silent = go(
      loadEngine([openRecord('port-out-of-service', 'g1/1', where, { ...restless, announced: false })], 0),
    );
    expect(told(silent)).toEqual([`changed flapping ${LINE}`, `announce ${LINE}`]);
  });
});

describe('what explains a condition holds it', () => {
  const held = () =>
    go(go(fresh(), { gateways: [gateway('g1', NOW, BOTH_DEAD)] }).state, {
      now: NOW + SECOND,
      gateways: [gateway('g1', NOW, AWAY)],
    });
  test('and is known by what it explains', () => {
    expect(childrenByCause(held().state)).toEqual(
      new Map([['gateway-unreachable@gateway:g1', [LINE, 'port-out-of-service@port:g1/2']]]),
    );
    expect(childrenByCause(withDeadLine().state)).toEqual(new Map());
  });
  test('also where nothing new is known of what it explains', () => {
    const silent = agent('s1', { online: false });
    const lost = go(withDeadLine().state, { now: NOW + SECOND, agents: [silent] });
    expect(of(lost, LINE)?.hold).toEqual({ reason: 'suppressed', by: 'agent-silent@agent:a-s1' });
    const later = NOW + MINUTE;
    const back = go(lost.state, { now: later, agents: [agent('s1', { lastSeenAt: later })] });
    expect(of(back, LINE)?.hold).toMatchObject({ reason: 'suppressed' });
    // The agent is back for good after 15 s; then the line has to prove itself.
    const over = go(back.state, { now: later + 15 * SECOND });
    expect(of(over, LINE)?.hold).toEqual({ reason: 'proving', until: later + 90 * SECOND });
  });
  test('but not what is elsewhere', () => {
    const lost = go(withDeadLine().state, { now: NOW + SECOND, agents: [agent('s2', { online: false })] });
    expect(of(lost, LINE)?.hold).toMatchObject({ reason: 'settling' });
  });
  test('nor what was announced already', () => {
    const lost = go(withAnnouncedLine().state, { now: NOW + MINUTE, agents: [agent('s1', { online: false })] });
    expect(of(lost, LINE)).toMatchObject({ hold: null, announced: true });
  });
  test('a gateway that was given another agent is explained by that', () => {
    const moved = gateway('g1', NOW + SECOND, { ...DEAD, siteId: 's2', agentId: 'a-s2', customerId: 'c2' });
    const one = go(withDeadLine().state, { now: NOW + SECOND, gateways: [moved] });
    const lost = go(one.state, { now: NOW + SECOND + 1, agents: [agent('s2', { online: false })] });
    expect(of(lost, LINE)).toMatchObject({ where: { agentId: 'a-s2' }, hold: { by: 'agent-silent@agent:a-s2' } });
  });
});

describe('maintenance holds what is in it', () => {
  const until = NOW + 30 * MINUTE;
  const window = (name: string, more = {}) => new Map([[name, { windowId: 'w', until, ...more }]]);
  test.for(['gateway:g1', 'site:s1', 'customer:c1'])('of %s', (name) => {
    const one = go(fresh(), { gateways: [gateway('g1', NOW, DEAD)], maintenance: window(name) });
    expect(of(one, LINE)).toMatchObject({ hold: { reason: 'maintenance', windowId: 'w', until }, announced: false });
    expect(one.nextAt).toBe(until);
  });
  test.for(['gateway:g2', 'site:s2', 'customer:c2'])('not of %s', (name) => {
    const one = go(fresh(), { gateways: [gateway('g1', NOW, DEAD)], maintenance: window(name) });
    expect(of(one, LINE)?.hold).toMatchObject({ reason: 'settling' });
  });
  test('the nearest counts', () => {
    const maintenance = new Map([...window('customer:c1', { windowId: 'wide' }), ...window('gateway:g1')]);
    expect(of(go(fresh(), { gateways: [gateway('g1', NOW, DEAD)], maintenance }), LINE)?.hold).toMatchObject({
      windowId: 'w',
    });
  });
  test('also where it begins, changes or ends while nothing new is known', () => {
    const begun = go(withDeadLine().state, { now: NOW + 1, maintenance: window('site:s1') });
    expect(of(begun, LINE)?.hold).toMatchObject({ reason: 'maintenance', until });
    const longer = go(begun.state, { now: NOW + 2, maintenance: window('site:s1', { until: until + 1 }) });
    expect(of(longer, LINE)?.hold).toMatchObject({ until: until + 1 });
    const other = go(longer.state, {
      now: NOW + 3,
      maintenance: window('site:s1', { windowId: 'v', until: until + 1 }),
    });
    expect(of(other, LINE)?.hold).toMatchObject({ windowId: 'v' });
    const moved = go(other.state, {
      now: NOW + 4,
      maintenance: window('site:s2', { windowId: 'v', until: until + 1 }),
    });
    expect(of(moved, LINE)?.hold).toEqual({ reason: 'proving', until: NOW + 4 + 75 * SECOND });
  });
});

describe('after a start nothing is announced before its time', () => {
  test('and everything at it', () => {
    const state = emptyEngine(NOW + MINUTE);
    const one = go(state, { gateways: [gateway('g1', NOW, DEAD)] });
    expect(of(one, LINE)?.hold).toEqual({ reason: 'starting', until: NOW + MINUTE });
    expect(told(go(one.state, { now: NOW + MINUTE }))).toContain(`announce ${LINE}`);
  });
  test('also where that time is put off', () => {
    const { state } = withDeadLine();
    const one = go({ ...state, dispatchFrom: NOW + MINUTE }, { now: NOW + 2 * SECOND });
    expect(of(one, LINE)?.hold).toEqual({ reason: 'starting', until: NOW + MINUTE });
  });
  test('what was stored is judged afresh', () => {
    const stored = [...withDeadLine().state.records.values()];
    expect(told(go(loadEngine(stored, 0), { now: NOW + MINUTE }))).toEqual([
      `changed hold ${LINE}`,
      `announce ${LINE}`,
    ]);
  });
});

describe('a reading that seems late', () => {
  test('counts where the clock was set back', () => {
    const now = NOW - 24 * 60 * MINUTE;
    const one = go(withAnnouncedLine().state, { now, gateways: [gateway('g1', now)] });
    expect(of(one, LINE)).toMatchObject({ phase: 'recovering', goodSince: now });
  });
  test('and one that was taken just before nothing was known of the gateway counts from then on', () => {
    const none = gateway('g1', NOW, { observedAt: NOW - 10 * MINUTE });
    const stale = go(withAnnouncedLine().state, { now: NOW + 5 * SECOND, gateways: [none] });
    expect(of(stale, LINE)?.verdict).toBe('unknown');
    const late = go(stale.state, { now: NOW + 6 * SECOND, gateways: [gateway('g1', NOW + 4 * SECOND)] });
    expect(of(late, LINE)).toMatchObject({ phase: 'recovering', goodSince: NOW + 5 * SECOND });
  });
});

describe('when it must be asked again', () => {
  const lease = 75 * SECOND + 1;
  test.for<{ name: string; more: Partial<EngineInput>; at: number | null }>([
    { name: 'never, where nothing is known', more: {}, at: null },
    { name: 'when an agent has been silent for its lease', more: { agents: [agent('s1')] }, at: NOW - 1000 + lease },
    {
      name: 'for the first of several',
      more: { agents: [agent('s1'), agent('s2', { lastSeenAt: NOW - 9000 })] },
      at: NOW - 9000 + lease,
    },
    {
      name: 'in whatever order',
      more: { agents: [agent('s1', { lastSeenAt: NOW - 9000 }), agent('s2')] },
      at: NOW - 9000 + lease,
    },
    { name: 'not for one that never connected', more: { agents: [agent('s1', { lastSeenAt: null })] }, at: null },
    {
      name: 'by the lease of its site and customer',
      more: {
        agents: [agent('s1'), agent('s2')],
        thresholds: [
          {
            kind: 'agent-silent',
            scope: 'customer',
            scopeId: 'c1',
            parameters: { leaseS: 40 },
            off: false,
            reason: '',
          },
          { kind: 'agent-silent', scope: 'site', scopeId: 's2', parameters: { leaseS: 30 }, off: false, reason: '' },
        ],
      },
      at: NOW - 1000 + 30_001,
    },
    {
      name: 'by the lease of its customer',
      more: {
        agents: [agent('s1')],
        thresholds: [
          {
            kind: 'agent-silent',
            scope: 'customer',
            scopeId: 'c1',
            parameters: { leaseS: 40 },
            off: false,
            reason: '',
          },
        ],
      },
      at: NOW - 1000 + 40_001,
    },
    {
      name: 'not for the lease of one that was stopped',
      more: { agents: [agent('s1', { online: false, stoppedAt: NOW })] },
      at: NOW + 900 * SECOND,
    },
  ])('$name', ({ more, at }) => expect(go(fresh(), more).nextAt).toBe(at));
});

describe('of what is due by time only so much is judged at once', () => {
  const opened = (one: EngineStep) => told(one).filter((change) => change.startsWith('opened')).length;
  test('lines wait for the next step', () => {
    const gateways = ['g1', 'g2', 'g3'].map((id) => gateway(id, NOW, UNREGISTERED));
    const { state } = go(fresh(), { gateways });
    const early = go(state, { now: NOW + MINUTE - 1, dueMax: 2 });
    expect([opened(early), early.unfinished]).toEqual([0, false]);
    const first = go(early.state, { now: NOW + MINUTE, dueMax: 2 });
    expect([opened(first), first.unfinished]).toEqual([2, true]);
    const second = go(first.state, { now: NOW + MINUTE, dueMax: 2 });
    expect([opened(second), second.unfinished]).toEqual([1, false]);
  });
  test('gateways do not: other conditions are derived from them', () => {
    const unreadable = {
      reachability: 'unreachable',
      unreadable: { code: 'snmp-error', text: null },
      reachabilityAt: NOW,
    } as const;
    const { state } = go(fresh(), { gateways: ['g1', 'g2', 'g3'].map((id) => gateway(id, NOW, unreadable)) });
    const one = go(state, { now: NOW + 2 * MINUTE, dueMax: 0 });
    expect([opened(one), one.unfinished]).toEqual([3, false]);
  });
});

describe('what no longer exists takes its conditions with it', () => {
  const wrong = () => {
    const gateways = [gateway('g1', NOW, DEAD), gateway('g3', NOW, { temperatureC: 90 })];
    const one = go(fresh(), { gateways, agents: [agent('s1', { identityConflictAt: NOW - 1 })] });
    return go(one.state, { now: NOW + MINUTE }).state;
  };
  const IDENTITY = 'identity-used-twice@agent:a-s1';
  const HOT = 'over-temperature@gateway:g3';
  test.for<{ gone: string; keys: string[] }>([
    { gone: 'port:g1/1', keys: [LINE] },
    { gone: 'gateway:g1', keys: [LINE] },
    { gone: 'gateway:g3', keys: [HOT] },
    { gone: 'agent:a-s1', keys: [IDENTITY, LINE] },
    { gone: 'site:s1', keys: [IDENTITY, LINE] },
    { gone: 'site:s2', keys: [HOT] },
    { gone: 'gateway:g9', keys: [] },
  ])('$gone', ({ gone, keys }) => {
    const before = wrong();
    const one = go(before, { now: NOW + 2 * MINUTE, gone: [gone] });
    const ended = told(one).filter((change) => change.startsWith('resolved'));
    expect(ended.toSorted()).toEqual(keys.map((key) => `resolved gone ${key}`).toSorted());
    expect(one.changes.every((change) => change.type !== 'resolved' || change.at === NOW + 2 * MINUTE)).toBe(true);
    for (const { key } of before.records.values()) expect(of(one, key) === undefined).toBe(keys.includes(key));
  });
  test('gateways that were retired are named so, others not', () => {
    const one = go(wrong(), {
      gone: ['gateway:g1', 'gateway:g3', 'agent:a-s1'],
      retired: new Set(['g3']),
      now: NOW + 2 * MINUTE,
    });
    const ended = told(one).filter((change) => change.startsWith('resolved'));
    expect(ended.toSorted()).toEqual([`resolved gone ${IDENTITY}`, `resolved gone ${LINE}`, `resolved retired ${HOT}`]);
    expect(of(one, HOT)).toBeUndefined();
  });
  test('what was only suspected goes without a word', () => {
    const one = go(fresh(), { gateways: [gateway('g1', NOW, UNREGISTERED)] });
    const gone = go(one.state, { now: NOW + 1, gone: ['gateway:g1'] });
    expect([told(gone), gone.state.records.size]).toEqual([[], 0]);
  });
});

test('what is not watched any more ends, and is kept to see whether it flaps', () => {
  const off = {
    kind: 'port-out-of-service',
    scope: 'site',
    scopeId: 's1',
    parameters: {},
    off: true,
    reason: '',
  } as const;
  const now = NOW + MINUTE;
  const one = go(withAnnouncedLine().state, { now, gateways: [gateway('g1', now, DEAD)], thresholds: [off] });
  expect(told(one)).toEqual([`resolved not-watched ${LINE}`]);
  expect(of(one, LINE)).toMatchObject({ phase: null });
  expect(told(go(one.state, { now: now + 1, gateways: [gateway('g1', now + 1, DEAD)], thresholds: [off] }))).toEqual(
    [],
  );
});

describe('what is known of an agent that is lost', () => {
  const wrong = {
    clockSkewMs: 90 * SECOND,
    outboxOldestAt: NOW - 20 * MINUTE,
    certificateExpiresAt: NOW + MINUTE,
    identityConflictAt: NOW - 1,
    returnAskedAt: NOW - 1,
    lostAt: NOW - 1,
  };
  const well = { identityConflictAt: null, returnAskedAt: null, lostAt: null, clockSkewMs: 0, outboxOldestAt: null };
  const verdicts = (more: Partial<AgentFacts>, now = NOW + SECOND) => {
    const first = go(fresh(), { agents: [agent('s1', wrong)] });
    const one = go(first.state, { now, agents: [agent('s1', { lastSeenAt: now, ...well, ...more })] });
    return Object.fromEntries([...one.state.records.values()].map(({ kind, verdict }) => [kind, verdict]));
  };
  const ITS_OWN = ['clock-wrong', 'backlog-growing', 'data-lost'];
  const OURS = ['certificate-expiring', 'identity-used-twice', 'agent-asks-to-return'];
  test.for<{ name: string; more: Partial<AgentFacts>; unknown: string[]; good: string[] }>([
    { name: 'it is there', more: {}, unknown: [], good: [...ITS_OWN, ...OURS] },
    {
      name: 'its clock is not known',
      more: { clockSkewMs: null },
      unknown: ['clock-wrong'],
      good: [...ITS_OWN.slice(1), ...OURS],
    },
    { name: 'it is silent', more: { online: false }, unknown: ITS_OWN, good: OURS },
    { name: 'it was stopped', more: { online: false, stoppedAt: NOW }, unknown: ITS_OWN, good: OURS },
  ])('$name', ({ more, unknown, good }) => {
    const found = verdicts(more);
    for (const kind of unknown) expect(found[kind], kind).toBe('unknown');
    for (const kind of good) expect(found[kind], kind).toBe('good');
  });
  test('one that is back is not silent any more', () => {
    const lost = go(fresh(), { agents: [agent('s1', { online: false })] });
    const back = go(lost.state, { now: NOW + SECOND, agents: [agent('s1', { lastSeenAt: NOW + SECOND })] });
    expect(of(back, 'agent-silent@agent:a-s1')).toMatchObject({ phase: 'recovering', verdict: 'good' });
  });
  test('facts of another agent say nothing of it', () => {
    const lost = go(fresh(), { agents: [agent('s1', { online: false })] });
    const other = go(lost.state, { now: NOW + SECOND, agents: [agent('s2', { lastSeenAt: NOW + SECOND })] });
    expect(of(other, 'agent-silent@agent:a-s1')).toMatchObject({ phase: 'open', verdict: 'bad' });
  });
  test('nor do its own facts end a network segment', () => {
    const gateways = ['g1', 'g2'].map((id) => gateway(id, NOW, AWAY));
    const down = go(fresh(), { gateways, agents: [agent('s1')] });
    const one = go(down.state, { now: NOW + SECOND, agents: [agent('s1', { lastSeenAt: NOW + SECOND })] });
    expect(of(one, 'lan-segment-down@agent:a-s1')).toMatchObject({ phase: 'open', verdict: 'bad' });
  });
});

describe('a gateway that was not read', () => {
  const UNREACHABLE = 'gateway-unreachable@gateway:g1';
  const away = () => go(fresh(), { gateways: [gateway('g1', NOW, AWAY)] }).state;
  const now = NOW + MINUTE;
  test.for<{ name: string; more: Partial<EngineInput>; verdict: string }>([
    { name: 'still', more: { gateways: [gateway('g1', now, AWAY)] }, verdict: 'bad' },
    { name: 'is read', more: { gateways: [gateway('g1', now)] }, verdict: 'good' },
    { name: 'answers, without a new reading', more: { gateways: [gateway('g1', NOW - 60 * MINUTE)] }, verdict: 'good' },
    {
      name: 'is not read for another reason',
      more: { gateways: [gateway('g1', now, { ...AWAY, unreadable: { code: 'snmp-error', text: null } })] },
      verdict: 'good',
    },
    {
      name: 'whether it answers is not known',
      more: { gateways: [gateway('g1', NOW - 60 * MINUTE, { reachability: 'unknown' })] },
      verdict: 'unknown',
    },
    {
      name: 'its agent is lost',
      more: { gateways: [gateway('g1', now)], agents: [agent('s1', { online: false })] },
      verdict: 'unknown',
    },
    {
      name: 'its agent was stopped',
      more: { gateways: [gateway('g1', now)], agents: [agent('s1', { online: false, stoppedAt: NOW })] },
      verdict: 'unknown',
    },
    {
      name: 'another agent is lost',
      more: { gateways: [gateway('g1', now)], agents: [agent('s2', { online: false })] },
      verdict: 'good',
    },
  ])('$name: $verdict', ({ more, verdict }) =>
    expect(of(go(away(), { now, ...more }), UNREACHABLE)?.verdict).toBe(verdict),
  );

  test('says nothing of another condition by answering', () => {
    const hot = go(fresh(), { gateways: [gateway('g1', NOW, { temperatureC: 90 })] });
    const stale = go(hot.state, { now: NOW + 60 * MINUTE, gateways: [gateway('g1', NOW)] });
    expect(of(stale, 'over-temperature@gateway:g1')?.verdict).toBe('unknown');
  });
});

test('derived conditions follow in the same step, and end with their members', () => {
  const down = go(fresh(), { gateways: ['g1', 'g2'].map((id) => gateway(id, NOW, AWAY)) });
  expect(of(down, 'lan-segment-down@agent:a-s1')).toMatchObject({ phase: 'open' });
  expect(of(down, 'gateway-unreachable@gateway:g1')?.hold).toMatchObject({ by: 'lan-segment-down@agent:a-s1' });
  const now = NOW + MINUTE;
  const back = go(down.state, { now, gateways: ['g1', 'g2'].map((id) => gateway(id, now)) });
  expect(of(back, 'lan-segment-down@agent:a-s1')).toMatchObject({ phase: 'recovering' });
  const over = go(back.state, { now: now + 15 * SECOND });
  expect(told(over)).toContain('resolved recovered lan-segment-down@agent:a-s1');
});

test('derived conditions do not count what is in maintenance', () => {
  const stored = ['g1', 'g2'].map((id) => gatewayRecord(topology, 'gateway-unreachable', id));
  const maintenance = new Map([['site:s1', { windowId: 'w', until: NOW + MINUTE }]]);
  expect(of(go(loadEngine(stored, 0), { maintenance }), 'lan-segment-down@agent:a-s1')).toBeUndefined();
  expect(of(go(loadEngine(stored, 0)), 'lan-segment-down@agent:a-s1')).toBeDefined();
});

test('what was over for long is forgotten', () => {
  const well = go(withAnnouncedLine().state, { now: NOW + MINUTE, gateways: [gateway('g1', NOW + MINUTE)] });
  const over = go(well.state, { now: NOW + 2 * MINUTE });
  expect(of(over, LINE)).toMatchObject({ phase: null });
  expect(go(over.state, { now: NOW + 120 * MINUTE }).state.records.size).toBe(0);
});
