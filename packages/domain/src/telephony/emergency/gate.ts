import { evaluatePlan, type PlanDialling } from '../dial-plan/evaluate.ts';
import type { DialRefusal } from '../dial-plan/machine.ts';
import { type GatePort, requiredPaths, type RequiredPath } from './required-paths.ts';

export const GATE_CODES = [
  'not-sent',
  'barred',
  'wrong-number',
  'cut-off',
  'too-late',
  'too-hasty',
  'wrong-class',
  'not-evaluated',
  'path-removed',
] as const;
export type GateCode = (typeof GATE_CODES)[number];

/** Why a number that must be reached is not. */
export interface GateFinding {
  readonly code: GateCode;
  readonly path: RequiredPath;
  /** Whether the plan itself fails, or what the gateway makes of it. */
  readonly where: 'plan' | 'map';
  /** The rule that took the keys; null where none did, or where it is not known. */
  readonly ruleId: string | null;
  /** Row and text of the rule in the rendered map; null in the plan. */
  readonly line: number | null;
  readonly text: string | null;
  /** One sentence in plain English. */
  readonly detail: string;
}

/** What a gateway does with keys under one reading of its map. */
export interface GateDialling {
  readonly number: string | null;
  readonly refusal: DialRefusal | null;
  readonly keysUsed: number;
  readonly afterMs: number;
  readonly ruleId: string | null;
  readonly line: number | null;
  readonly text: string | null;
  readonly reading: string;
}

/** What a gateway does with keys under every reading of its map; null where the map cannot be read. */
export type DialOnGateway = (dialled: string, pauseMs: number) => readonly GateDialling[] | null;

export interface GateLimits {
  /** Longest wait from the last key to the call, in milliseconds. */
  readonly waitMaxMs: number;
  /** A pause between two keys that must not end dialling, in milliseconds. */
  readonly slowPauseMs: number;
}

export const GATE_LIMITS: GateLimits = { waitMaxMs: 5000, slowPauseMs: 1500 };

export interface GateResult {
  /** Each path with whether it leads to its call. */
  readonly paths: readonly { readonly path: RequiredPath; readonly works: boolean }[];
  readonly findings: readonly GateFinding[];
}

type Fault = Omit<GateFinding, 'path' | 'where'>;
interface Expected {
  readonly sendAs: readonly string[];
  /** Numbers that are as good where fewer keys than dialled led to them: 9112 where 911 answers. */
  readonly emergency: ReadonlySet<string>;
}

/** What is wrong with one way a number was handled; null where nothing is. */
function faultOf(
  path: RequiredPath,
  { sendAs, emergency }: Expected,
  { waitMaxMs, slowPauseMs }: GateLimits,
  pauseMs: number,
  found: GateDialling,
): Fault | null {
  const { number, keysUsed, afterMs, refusal, ruleId, line, text } = found;
  const early = keysUsed < path.dialled.length;
  const slowly = pauseMs > 0 ? ` when keys are ${slowPauseMs / 1000} s apart` : '';
  const fault = (code: GateCode, detail: string): Fault => ({ code, ruleId, line, text, detail });
  const name = `"${path.dialled}"`;
  if (number === null) {
    if (refusal === 'barred') return fault('barred', `${name} is barred${slowly}.`);
    if (early && pauseMs > 0) return fault('too-hasty', `${name} is given up after ${keysUsed} keys${slowly}.`);
    return fault('not-sent', `${name} is not sent (${refusal})${slowly}.`);
  }
  if (!sendAs.includes(number) && !(early && path.kind === 'emergency' && emergency.has(number))) {
    if (!early)
      return fault('wrong-number', `${name} is sent as ${number}${slowly}; it must be ${sendAs.join(' or ')}.`);
    return fault(
      'cut-off',
      `${name} is sent as ${number} after ${keysUsed} keys${slowly}; it must be ${sendAs.join(' or ')}.`,
    );
  }
  if (afterMs > waitMaxMs)
    return fault(
      'too-late',
      `${name} is sent ${afterMs / 1000} s after the last key${slowly}; the limit is ${waitMaxMs / 1000} s.`,
    );
  return null;
}

const asGate = (result: PlanDialling): GateDialling => ({
  ...result,
  ruleId: result.rule?.id ?? null,
  line: null,
  text: null,
  reading: 'plan',
});

/**
 * Checks that every path of a port leads to its call: in the plan, with the port's class of service, and on the gateway
 * under every reading of its map. Pure; `onGateway` evaluates the rendered map.
 *
 * @param more Paths to check besides those of the port, such as those that worked before a change.
 */
export function emergencyFindings(
  port: GatePort,
  onGateway: DialOnGateway,
  limits: GateLimits = GATE_LIMITS,
  more: readonly RequiredPath[] = [],
): GateResult {
  const { plan, service } = port;
  const emergency = new Set(plan.emergencyNumbers.map(({ number, sendAs }) => sendAs ?? number));
  const findings: GateFinding[] = [];
  const paths = [...requiredPaths(port), ...more].map((path) => {
    const faults: (Fault & { where: 'plan' | 'map' })[] = [];
    const planned = evaluatePlan(plan, service, path.dialled);
    const sendAs = path.sendAs.length > 0 ? path.sendAs : [planned?.number ?? path.dialled];
    const expected: Expected = { sendAs, emergency };
    const unknown: Fault = { code: 'not-evaluated', ruleId: null, line: null, text: null, detail: '' };
    if (planned === null) faults.push({ ...unknown, where: 'plan', detail: 'The plan is too large to be evaluated.' });
    for (const pauseMs of [0, limits.slowPauseMs]) {
      // What fails when dialled fast needs no second finding for slow fingers.
      const failed = new Set(faults.map(({ where }) => where));
      const result = pauseMs === 0 ? planned : evaluatePlan(plan, service, path.dialled, pauseMs);
      if (result !== null && !failed.has('plan')) {
        const fault = faultOf(path, expected, limits, pauseMs, asGate(result)) ?? classFault(path, result);
        if (fault !== null) faults.push({ ...fault, where: 'plan' });
      }
      const readings = failed.has('map') ? [] : onGateway(path.dialled, pauseMs);
      if (readings === null)
        faults.push({ ...unknown, where: 'map', detail: 'The map of the gateway cannot be read.' });
      for (const found of readings ?? []) {
        const fault = faultOf(path, expected, limits, pauseMs, found);
        if (fault !== null) faults.push({ ...fault, where: 'map' });
      }
    }
    const seen = new Set<string>();
    for (const fault of faults) {
      const name = `${fault.code},${fault.where},${fault.line}`;
      if (!seen.has(name)) findings.push({ ...fault, path });
      seen.add(name);
    }
    return { path, works: faults.length === 0 };
  });
  return { paths, findings };
}

/** A number that another kind of rule takes may be barred with its class at any time. */
function classFault(path: RequiredPath, { rule }: PlanDialling): Fault | null {
  if (rule === null || rule.class === path.kind || rule.class === 'emergency') return null;
  return {
    code: 'wrong-class',
    ruleId: rule.id,
    line: null,
    text: null,
    detail: `"${path.dialled}" is taken by rule "${rule.label}" of class ${rule.class}; it must be one of class ${path.kind}.`,
  };
}

const nameOf = ({ kind, dialled }: RequiredPath): string => `${kind},${dialled}`;

/**
 * What a change takes away: each path that worked before and does not work after it. `after` must have been checked
 * with the paths of `before` (`pathsOf`), so that a number that is no longer asked for counts as well.
 */
export function removedPaths(before: GateResult, after: GateResult): readonly GateFinding[] {
  const working = new Set(after.paths.filter(({ works }) => works).map(({ path }) => nameOf(path)));
  return before.paths
    .filter(({ path, works }) => works && !working.has(nameOf(path)))
    .map(({ path }) => ({
      code: 'path-removed',
      path,
      where: 'map',
      ruleId: null,
      line: null,
      text: null,
      detail: `"${path.dialled}" leads to its call today, and would not after the change.`,
    }));
}

/** The paths that work, to be checked after a change. */
export const pathsOf = ({ paths }: GateResult): readonly RequiredPath[] =>
  paths.filter(({ works }) => works).map(({ path }) => path);
