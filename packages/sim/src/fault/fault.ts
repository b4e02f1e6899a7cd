import { PORTS_MAX } from '@loopstart/contracts';
import { z } from 'zod';

/** Faults of one line; a gateway-wide one of these affects every port. */
export const PORT_FAULT_KINDS = [
  'unplug',
  'short',
  'ground-fault',
  'foreign-voltage',
  'no-feed',
  'over-temperature',
  'hardware-failure',
  'receiver-off-hook',
  'registration-rejected',
  'registrar-lost',
] as const;

/** Faults of how a gateway takes a configuration; they act where it takes one next. */
export const PROVISIONING_FAULT_KINDS = [
  'provisioning-refuses',
  'comes-back-wrong',
  'never-comes-back',
  'forgets-registration',
  'slow-link',
  'transfer-cut',
  'power-cut',
] as const;

/** Faults of the gateway itself. */
export const GATEWAY_FAULT_KINDS = [
  'hang',
  'slow-answers',
  'wrong-answers',
  'reboot',
  'power-loss',
  'notifications-lost',
  ...PROVISIONING_FAULT_KINDS,
] as const;

/** Faults of a line that a whole gateway may have as well: all its ports at once. */
const SHARED_FAULT_KINDS: ReadonlySet<string> = new Set([
  'over-temperature',
  'registration-rejected',
  'registrar-lost',
]);

export const FAULT_KINDS = [...PORT_FAULT_KINDS, ...GATEWAY_FAULT_KINDS] as const;
export const FaultKind = z.enum(FAULT_KINDS);
export type FaultKind = z.infer<typeof FaultKind>;

/** Ways in which an answer can be wrong; `mixed` takes them in turn. */
export const CORRUPTIONS = ['truncate', 'wrong-type', 'loop', 'garbage', 'mixed'] as const;

/** What a gateway does with a configuration, in this order; `power-cut` strikes in one of them. */
export const PROVISIONING_PHASES = ['fetch', 'parse', 'write', 'reboot'] as const;
export type ProvisioningPhase = (typeof PROVISIONING_PHASES)[number];

const DurationMs = z.int().min(1).max(31_536_000_000);

/** A fault, and where it is. */
export const Fault = z.strictObject({
  kind: FaultKind,
  /** 1-based port number; null or absent = the gateway. */
  port: z.int().min(1).max(PORTS_MAX).nullable().default(null),
  /** Delay of answers, with `slow-answers`; of each transfer of a configuration, with `slow-link`. */
  delayMs: z.int().min(1).max(600_000).default(3_000),
  /** How answers are wrong, with `wrong-answers`. */
  corruption: z.enum(CORRUPTIONS).default('mixed'),
  /** With `transfer-cut`, and with `power-cut` while it fetches: after how many bytes of the transfer; absent: 0. */
  atByte: z.int().min(0).max(100_000_000).optional(),
  /** With `power-cut`: during what; absent: `write`. */
  phase: z.enum(PROVISIONING_PHASES).optional(),
  /** With `comes-back-wrong`: the key that the gateway changes, in its own name; absent: the first one written. */
  settingKey: z.string().min(1).max(300).optional(),
});
export type Fault = z.infer<typeof Fault>;

/**
 * A fault on a timetable: starts `afterMs` after the gateway was switched on, lasts `forMs`, repeats every `everyMs`.
 */
export const ScriptedFault = z
  .strictObject({
    ...Fault.shape,
    afterMs: z.int().min(0).default(0),
    /** Null: until it is cleared. */
    forMs: DurationMs.nullable().default(null),
    /** Null: once. At least a second: a faster fault could not be observed. */
    everyMs: z.int().min(1_000).max(31_536_000_000).nullable().default(null),
  })
  .superRefine((fault, context) => {
    if (fault.everyMs !== null && (fault.forMs === null || fault.forMs >= fault.everyMs)) {
      context.addIssue({
        code: 'custom',
        path: ['everyMs'],
        message: 'must be longer than forMs, which must be given',
      });
    }
    const problem = placeProblem(fault);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['port'], message: problem });
  });
export type ScriptedFault = z.infer<typeof ScriptedFault>;

/** Why a fault cannot be in this place, or null. */
export function placeProblem(fault: Pick<Fault, 'kind' | 'port'>): string | null {
  const ofGateway = (GATEWAY_FAULT_KINDS as readonly string[]).includes(fault.kind);
  if (fault.port !== null && ofGateway) return `must be left out: "${fault.kind}" is a fault of the whole gateway`;
  if (fault.port === null && !ofGateway && !SHARED_FAULT_KINDS.has(fault.kind)) {
    return `must be given: "${fault.kind}" is a fault of one port`;
  }
  return null;
}

/** How long a gateway that restarts is silent, unless set otherwise. */
export const REBOOT_SILENCE_MS = 20_000;

/** A fault with its times, ms since the epoch: active in [startAt, startAt + forMs), and again each `everyMs`. */
export interface FaultPlan {
  readonly fault: Fault;
  readonly startAt: number;
  readonly forMs: number | null;
  readonly everyMs: number | null;
}

/** Puts a scripted fault on the clock of a gateway that was switched on at `originAt`. A reboot always ends. */
export function planFault(scripted: ScriptedFault, originAt: number): FaultPlan {
  const { afterMs, forMs, everyMs, ...fault } = scripted;
  return {
    fault,
    startAt: originAt + afterMs,
    forMs: forMs ?? (fault.kind === 'reboot' ? REBOOT_SILENCE_MS : null),
    everyMs,
  };
}

/** Whether the fault is active at `at`. */
export function isActive(plan: FaultPlan, at: number): boolean {
  if (at < plan.startAt) return false;
  if (plan.forMs === null) return true;
  const since = at - plan.startAt;
  return (plan.everyMs === null ? since : since % plan.everyMs) < plan.forMs;
}

/** When the fault next begins or ends, strictly after `at`; Infinity for never. */
export function nextEdgeAt(plan: FaultPlan, at: number): number {
  if (at < plan.startAt) return plan.startAt;
  if (plan.forMs === null) return Infinity;
  const since = at - plan.startAt;
  if (plan.everyMs === null) return since < plan.forMs ? plan.startAt + plan.forMs : Infinity;
  const cycleAt = at - (since % plan.everyMs);
  return since % plan.everyMs < plan.forMs ? cycleAt + plan.forMs : cycleAt + plan.everyMs;
}

/** Whether two faults are the same kind in the same place. */
export function sameFault(a: Pick<Fault, 'kind' | 'port'>, b: Pick<Fault, 'kind' | 'port'>): boolean {
  return a.kind === b.kind && a.port === b.port;
}
