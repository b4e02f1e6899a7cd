import { conditionOf, isDown } from '../fault/condition.ts';
import { isActive, nextEdgeAt, type Fault, type FaultPlan } from '../fault/fault.ts';
import { callStepsBetween, type LineCallStep } from './call-steps.ts';
import { changesBetween, type Change } from './changes.ts';
import { electricsOf } from './electrics.ts';
import {
  advanceCall,
  advanceRegistration,
  beginTest,
  bornPort,
  endTest,
  hookOf,
  portNextAt,
  powerUp,
  settle,
} from './port-life.ts';
import type {
  GatewayLife,
  GatewayProfile,
  LineCondition,
  LineService,
  LineTestOutcome,
  PortLife,
  PortProfile,
} from './life.ts';
import type { Tempo } from './schedule.ts';

/** The result of one step. */
export interface Step {
  readonly life: GatewayLife;
  /** The changes that the gateway would report, oldest first. */
  readonly changes: readonly Change[];
  /** The steps of calls of which it would write records, oldest first. */
  readonly calls: readonly LineCallStep[];
}

/** How long a line test takes. */
const LINE_TEST_MS = 5_000;

/** A gateway switched on at `at`, its script running from there. */
export function bornGateway(profile: GatewayProfile, plans: readonly FaultPlan[], at: number): GatewayLife {
  const blank: GatewayLife = {
    bootedAt: at,
    boots: 1,
    ports: profile.ports.map((port) => bornPort(port, at, profile.tempo)),
    plans,
    active: [],
    edgeAt: Infinity,
    nextAt: Infinity,
  };
  return withTimes(crossEdge(profile, blank, at).life, at);
}

/**
 * Steps the gateway to `now` (ms since the epoch). Pure, and independent of the number of steps: one long step and many
 * short ones end in the same life with the same changes.
 */
export function step(profile: GatewayProfile, life: GatewayLife, now: number): Step {
  if (now < life.nextAt) return { life, changes: [], calls: [] };
  let current = life;
  const changes: Change[] = [];
  const calls: LineCallStep[] = [];
  while (current.nextAt <= now) {
    const at = current.nextAt;
    const next = at >= current.edgeAt ? crossEdge(profile, current, at) : advancePorts(profile, current, at);
    changes.push(...next.changes);
    calls.push(...next.calls);
    current = withTimes(next.life, at);
  }
  return { life: current, changes, calls };
}

/** Replaces the fault plans at `at`; removed faults end, new ones begin at once or at their time. */
export function replan(profile: GatewayProfile, life: GatewayLife, plans: readonly FaultPlan[], at: number): Step {
  const { life: lived, changes, calls } = step(profile, life, at);
  const crossed = crossEdge(profile, { ...lived, plans }, at);
  return {
    life: withTimes(crossed.life, at),
    changes: [...changes, ...crossed.changes],
    calls: [...calls, ...crossed.calls],
  };
}

/** What an operator can do to a port of a gateway. `lock` waits for the end of a call, `force-lock` does not. */
export type PortCommand = 'lock' | 'force-lock' | 'unlock' | 'reset' | 'line-test';

/** Carries out a command on the port at `index` (0-based) at `at`. */
export function command(
  profile: GatewayProfile,
  life: GatewayLife,
  what: PortCommand,
  index: number,
  at: number,
): Step {
  const { life: lived, changes, calls } = step(profile, life, at);
  const before = lived.ports[index];
  const port = profile.ports[index];
  if (before === undefined || port === undefined) throw new RangeError(`there is no port at index ${index}`);
  const changed = commanded(profile, port, before, what, at);
  const condition = conditionOf(lived.active, index + 1, changed);
  const settled = settle(port, changed, condition, at, profile.tempo);
  const after = finishLock(profile, port, settled, lived.active, index + 1, at);
  const next = { ...lived, ports: lived.ports.with(index, after) };
  const own = between(profile, lived, next, at);
  return { life: withTimes(next, at), changes: [...changes, ...own.changes], calls: [...calls, ...own.calls] };
}

/**
 * Gives each line what the gateway's configuration now gives it, in the order of the ports; `restarted` selects the
 * lines whose calls and registrations the change ends.
 */
export function serve(
  profile: GatewayProfile,
  life: GatewayLife,
  services: readonly LineService[],
  at: number,
  restarted: (index: number) => boolean = () => false,
): Step {
  const { life: lived, changes, calls } = step(profile, life, at);
  const ports = lived.ports.map((port, index) => {
    const own = profile.ports[index];
    const service = services[index];
    if (own === undefined || service === undefined) return port;
    if (service === port.service && !restarted(index)) return port;
    const changed = { ...(restarted(index) ? reRegister(own, port, at, profile.tempo) : port), service };
    return settle(own, changed, conditionOf(lived.active, index + 1, changed), at, profile.tempo);
  });
  const next = { ...lived, ports };
  const own = between(profile, lived, next, at);
  return { life: withTimes(next, at), changes: [...changes, ...own.changes], calls: [...calls, ...own.calls] };
}

/** A line whose service was restarted: its call is cut, its registration begins again; its counters stay. */
function reRegister(port: PortProfile, life: PortLife, at: number, tempo: Tempo): PortLife {
  const { callsIn, callsOut, callsFailed } = life;
  return { ...powerUp(port, life, at, tempo), callsIn, callsOut, callsFailed };
}

function commanded(
  profile: GatewayProfile,
  port: PortProfile,
  life: PortLife,
  what: PortCommand,
  at: number,
): PortLife {
  switch (what) {
    case 'lock':
      return { ...life, admin: life.call === 'idle' ? 'locked' : 'shutting-down' };
    case 'force-lock':
      return { ...life, admin: 'locked' };
    case 'unlock':
      return { ...life, admin: 'unlocked' };
    case 'reset':
      return reRegister(port, life, at, profile.tempo);
    case 'line-test':
      return beginTest(port, life, at, at + LINE_TEST_MS, profile.tempo);
  }
}

function advancePorts(profile: GatewayProfile, life: GatewayLife, at: number): Step {
  const ports = life.ports.map((port, index) => {
    const own = profile.ports[index];
    if (own === undefined || portNextAt(port) > at) return port;
    const condition = conditionOf(life.active, index + 1, port);
    let moved = port.testEndsAt <= at ? endTest(port, testOutcome(own, port, condition, at)) : port;
    if (moved.registrationNextAt <= at) moved = advanceRegistration(moved, condition, at);
    if (moved.callNextAt <= at) moved = advanceCall(own, moved, condition, at, profile.tempo);
    return finishLock(profile, own, moved, life.active, index + 1, at);
  });
  const next = { ...life, ports };
  return { life: next, ...between(profile, life, next, at) };
}

const between = (profile: GatewayProfile, before: GatewayLife, after: GatewayLife, at: number): Omit<Step, 'life'> => ({
  changes: changesBetween(profile, before, after, at),
  calls: callStepsBetween(before, after, at),
});

/** A lock that waited for the end of a call is complete once the line is idle. */
function finishLock(
  { tempo }: GatewayProfile,
  port: PortProfile,
  life: PortLife,
  active: readonly Fault[],
  position: number,
  at: number,
): PortLife {
  if (life.admin !== 'shutting-down' || life.call !== 'idle') return life;
  const locked: PortLife = { ...life, admin: 'locked' };
  return settle(port, locked, conditionOf(active, position, locked), at, tempo);
}

function testOutcome(profile: PortProfile, life: PortLife, condition: LineCondition, at: number): LineTestOutcome {
  return {
    startedAt: life.testEndsAt - LINE_TEST_MS,
    endedAt: at,
    hook: hookOf(life.call),
    circuit: condition.circuit,
    grounded: condition.grounded,
    electrics: electricsOf(profile, life, condition, at),
  };
}

/** Applies the faults that began or ended at `at`. */
function crossEdge(profile: GatewayProfile, life: GatewayLife, at: number): Step {
  const active = life.plans.filter((plan) => isActive(plan, at)).map(({ fault }) => fault);
  const restarted = isDown(life.active) && !isDown(active);
  const ports = life.ports.map((port, index) => {
    const own = profile.ports[index];
    if (own === undefined) return port;
    const fresh = restarted ? powerUp(own, port, at, profile.tempo) : port;
    const settled = settle(own, fresh, conditionOf(active, index + 1, port), at, profile.tempo);
    return finishLock(profile, own, settled, active, index + 1, at);
  });
  const next = restarted ? { ...life, active, ports, bootedAt: at, boots: life.boots + 1 } : { ...life, active, ports };
  return { life: next, ...between(profile, life, next, at) };
}

function withTimes(life: GatewayLife, at: number): GatewayLife {
  const edgeAt = Math.min(Infinity, ...life.plans.map((plan) => nextEdgeAt(plan, at)));
  let nextAt = edgeAt;
  for (const port of life.ports) nextAt = Math.min(nextAt, portNextAt(port));
  return { ...life, edgeAt, nextAt };
}
