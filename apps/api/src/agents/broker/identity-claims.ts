/**
 * Which of two connections with the same certificate may stay. An agent's process has one epoch for its whole life and
 * a higher one after each start, so a second epoch beside a live connection is a second machine: a copied state folder
 * or a restored image. The connection that was there first stays; if the newcomer took over, the other would only come
 * back, and each turn costs messages.
 */

/** An existing connection. Times in monotonic ms. */
export interface Incumbent {
  /** null: the connection has no epoch (it has no last will of ours). */
  epoch: number | null;
  sinceMs: number;
  heardAtMs: number;
}

/** The state of an agent's identity between its connections. */
export interface ClaimMemory {
  /** Since when another epoch tries to connect while the incumbent stays. */
  rivalSinceMs: number | null;
  /** When one connection took over from another that had not ended. */
  takeoversMs: readonly number[];
  /** The connection that was first when two were detected, and when it last sent a packet. */
  rightful: { epoch: number | null; heardAtMs: number } | null;
}

export const NO_CLAIMS: ClaimMemory = { rivalSinceMs: null, takeoversMs: [], rightful: null };

export interface ClaimJudgement {
  verdict: 'let-in' | 'hold-off';
  /** True: two live machines use this identity. */
  conflict: boolean;
  memory: ClaimMemory;
}

/**
 * An incumbent that sends a packet this long after another epoch tried to connect is alive: packets of a dead machine
 * are at most delayed by a few seconds, and an agent sends one every 5 s.
 */
const PROOF_MS = 10_000;
/** How long the rightful connection's place is held after its last packet. */
const RIGHTFUL_MS = 120_000;
/** A process that reconnects takes over from its own dead connection, but not repeatedly. */
const TAKEOVERS_MAX = 6;
const TAKEOVERS_WITHIN_MS = 60_000;

/** Decides on a newcomer with this epoch (null: without one). Pure. */
export function judgeClaim(
  memory: ClaimMemory,
  epoch: number | null,
  incumbent: Incumbent | null,
  nowMs: number,
): ClaimJudgement {
  const { rightful } = memory;
  const placeIsKept = rightful !== null && nowMs - rightful.heardAtMs < RIGHTFUL_MS;
  if (incumbent === null) {
    if (placeIsKept && epoch !== rightful.epoch) return { verdict: 'hold-off', conflict: false, memory };
    const { takeoversMs } = memory;
    const forgotten = takeoversMs.length === 0 ? NO_CLAIMS : { ...NO_CLAIMS, takeoversMs };
    return { verdict: 'let-in', conflict: false, memory: placeIsKept ? { ...memory, rivalSinceMs: null } : forgotten };
  }
  const takeoversMs = memory.takeoversMs.filter((atMs) => nowMs - atMs < TAKEOVERS_WITHIN_MS);
  const mayBeItself = epoch === null || incumbent.epoch === null || epoch === incumbent.epoch;
  if (mayBeItself && takeoversMs.length < TAKEOVERS_MAX) {
    return {
      verdict: 'let-in',
      conflict: false,
      memory: { ...memory, rivalSinceMs: null, takeoversMs: [...takeoversMs, nowMs] },
    };
  }
  const before = memory.rivalSinceMs;
  const rivalSinceMs = before === null || before < incumbent.sinceMs ? nowMs : before;
  const conflict = incumbent.heardAtMs >= rivalSinceMs + PROOF_MS;
  const known = conflict ? { epoch: incumbent.epoch, heardAtMs: incumbent.heardAtMs } : rightful;
  return { verdict: 'hold-off', conflict, memory: { rivalSinceMs, takeoversMs, rightful: known } };
}

/** The rightful connection has ended, after its last packet at that time. Pure. */
export function incumbentLeft(memory: ClaimMemory, incumbent: Incumbent): ClaimMemory {
  const { rightful } = memory;
  if (rightful === null || rightful.epoch !== incumbent.epoch) return memory;
  return { ...memory, rightful: { ...rightful, heardAtMs: incumbent.heardAtMs } };
}

/** Whether no later decision needs this state. Pure. */
export function isForgettable(memory: ClaimMemory, nowMs: number): boolean {
  const { rightful, takeoversMs } = memory;
  return (
    (rightful === null || nowMs - rightful.heardAtMs >= RIGHTFUL_MS) &&
    takeoversMs.every((atMs) => nowMs - atMs >= TAKEOVERS_WITHIN_MS)
  );
}

/**
 * Reported again at this interval while a second machine keeps trying, so that a conflict settled too early returns.
 */
const CONFLICT_AGAIN_MS = 60_000;
/** Above this number, states that no later decision needs are removed. */
const SWEEP_ABOVE = 1_000;

export interface IdentityClaimsOptions {
  /** Monotonic. */
  nowMs: () => number;
  onConflict: (agentId: string) => void;
}

/** The states of all agents. */
export class IdentityClaims {
  readonly #options: IdentityClaimsOptions;
  readonly #memories = new Map<string, ClaimMemory>();
  readonly #notifiedMs = new Map<string, number>();

  constructor(options: IdentityClaimsOptions) {
    this.#options = options;
  }

  /** Why a newcomer may not be admitted now, as a sentence for its log; null: it may. */
  holdOff(agentId: string, epoch: number | null, incumbent: Incumbent | null): string | null {
    const nowMs = this.#options.nowMs();
    const { verdict, conflict, memory } = judgeClaim(this.#memories.get(agentId) ?? NO_CLAIMS, epoch, incumbent, nowMs);
    this.#remember(agentId, memory, nowMs);
    if (conflict) this.#notify(agentId, nowMs);
    if (verdict === 'let-in') return null;
    return memory.rightful === null
      ? 'An earlier connection of this agent is still open; try again in a few seconds.'
      : 'Another machine uses the identity of this agent and was connected first. Stop the copy, or revoke the agent and enrol this machine anew.';
  }

  /** A machine with an older certificate than the agent uses tried to connect. */
  fellBehind(agentId: string): void {
    this.#notify(agentId, this.#options.nowMs());
  }

  /** The existing connection has ended. */
  left(agentId: string, incumbent: Incumbent): void {
    const memory = this.#memories.get(agentId);
    if (memory !== undefined) this.#remember(agentId, incumbentLeft(memory, incumbent), this.#options.nowMs());
  }

  #notify(agentId: string, nowMs: number): void {
    if (nowMs - (this.#notifiedMs.get(agentId) ?? -CONFLICT_AGAIN_MS) < CONFLICT_AGAIN_MS) return;
    this.#notifiedMs.set(agentId, nowMs);
    this.#options.onConflict(agentId);
  }

  #remember(agentId: string, memory: ClaimMemory, nowMs: number): void {
    if (memory === NO_CLAIMS) this.#memories.delete(agentId);
    else this.#memories.set(agentId, memory);
    if (this.#memories.size < SWEEP_ABOVE) return;
    for (const [id, one] of this.#memories) {
      if (one.rivalSinceMs !== null || !isForgettable(one, nowMs)) continue;
      this.#memories.delete(id);
      this.#notifiedMs.delete(id);
    }
  }
}
