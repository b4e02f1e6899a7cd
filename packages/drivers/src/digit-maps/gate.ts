import {
  emergencyFindings,
  GATE_LIMITS,
  type GateDialling,
  type GateLimits,
  type GatePort,
  type GateResult,
  pathsOf,
  removedPaths,
  type RequiredPath,
} from '@loopstart/domain';
import { evaluateDigitMap } from './evaluate.ts';
import type { DigitMap } from './map.ts';

/** A port with the map that its gateway has, or would get. */
export interface MappedPort extends GatePort {
  readonly map: DigitMap;
  /** The rule of the plan for each rule of the map (`Compiled.ruleIds`); null for a map that was read from a gateway. */
  readonly ruleIds: readonly string[] | null;
}

/** What a gateway does with keys under every reading of its map, the manual's first; null where the map cannot be read. */
export function dialOn(
  { map, ruleIds }: Pick<MappedPort, 'map' | 'ruleIds'>,
  dialled: string,
  pauseMs: number,
): GateDialling[] | null {
  const evaluated = evaluateDigitMap(map, dialled, pauseMs);
  if (!evaluated.ok) return null;
  return evaluated.readings.map(({ number, refusal, keysUsed, afterMs, rule, line, text, reading }) => ({
    number,
    refusal,
    keysUsed,
    afterMs,
    ruleId: rule === null ? null : (ruleIds?.[rule] ?? null),
    line,
    text,
    reading,
  }));
}

const gateOf = (port: MappedPort, limits: GateLimits, more: readonly RequiredPath[] = []): GateResult =>
  emergencyFindings(port, (dialled, pauseMs) => dialOn(port, dialled, pauseMs), limits, more);

/** What tells ports apart for the gate: those of the same plan, map, service and numbers have the same result. */
const detailOf = ({ service, alarmReceivers, liftCentres }: MappedPort): string =>
  JSON.stringify([service.blocked, alarmReceivers, liftCentres]);

/**
 * The emergency gate for the ports of a gateway: whether every emergency number in every form in which it is dialled,
 * every alarm receiver and every lift centre leads to its call through the rendered maps. Ports that share plan, map
 * and numbers are checked once.
 */
export function emergencyGate(ports: readonly MappedPort[], limits: GateLimits = GATE_LIMITS): readonly GateResult[] {
  const known: { plan: unknown; map: unknown; detail: string; result: GateResult }[] = [];
  return ports.map((port) => {
    const detail = detailOf(port);
    const same = known.find((one) => one.plan === port.plan && one.map === port.map && one.detail === detail);
    if (same !== undefined) return same.result;
    const result = gateOf(port, limits);
    known.push({ plan: port.plan, map: port.map, detail, result });
    return result;
  });
}

/**
 * The gate for a change of one port. Besides its own findings, the result names every path that works today and would
 * not after the change, also where the new plan no longer asks for it.
 */
export function emergencyGateOfChange(
  before: MappedPort,
  after: MappedPort,
  limits: GateLimits = GATE_LIMITS,
): GateResult {
  const today = gateOf(before, limits);
  const own = gateOf(after, limits);
  const changed = gateOf(after, limits, pathsOf(today));
  return { paths: own.paths, findings: [...own.findings, ...removedPaths(today, changed)] };
}
