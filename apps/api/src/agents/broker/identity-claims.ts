/**
 * Which of two connections with the same certificate may stay. An agent's process has one epoch for its whole life and
 * a higher one after each start, so a second epoch beside a connection that is alive is a second machine: a copied state
 * folder or a restored image. The connection that was there first stays; letting the newcomer take over would only make
 * the other come back, and each turn costs messages.
 */

/** A connection that is there. Times in ms of a clock that never goes back. */
export interface Incumbent {
  /** null: the connection does not say (it has no last will of ours). */
  epoch: number | null;
  sinceMs: number;
  heardAtMs: number;
}

/** What is remembered of an agent between its connections. */
export interface ClaimMemory {
  /** Since when another epoch knocks while the incumbent stands. */
  rivalSinceMs: number | null;
  /** When one connection took over from another that had not ended. */
  takeoversMs: readonly number[];
  /** The one that was there first when two were proven, and when it was last heard from. */
  rightful: { epoch: number | null; heardAtMs: number } | null;
}

export const NO_CLAIMS: ClaimMemory = { rivalSinceMs: null, takeoversMs: [], rightful: null };

export interface ClaimJudgement {
  verdict: 'let-in' | 'hold-off';
  /** True: two machines that are both alive use this identity. */
  conflict: boolean;
  memory: ClaimMemory;
}

/**
 * An incumbent that says something so long after another epoch knocked is alive: what a dead machine sent is at most
 * delayed by a few seconds, and an agent speaks every 5 s.
 */
const PROOF_MS = 10_000;
/** For so long after the rightful connection was last heard from, its place is kept. */
const RIGHTFUL_MS = 120_000;
/** A process that reconnects takes over from its own dead connection, but not again and again. */
const TAKEOVERS_MAX = 6;
const TAKEOVERS_WITHIN_MS = 60_000;

/** Judges a newcomer that says it is of `epoch` (null: does not say). Pure. */
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

/** The rightful connection has ended, and was heard from until then. Pure. */
export function incumbentLeft(memory: ClaimMemory, incumbent: Incumbent): ClaimMemory {
  const { rightful } = memory;
  if (rightful === null || rightful.epoch !== incumbent.epoch) return memory;
  return { ...memory, rightful: { ...rightful, heardAtMs: incumbent.heardAtMs } };
}

/** Whether there is nothing in it that a later judgement could need. Pure. */
export function isForgettable(memory: ClaimMemory, nowMs: number): boolean {
  const { rightful, takeoversMs } = memory;
  return (
    (rightful === null || nowMs - rightful.heardAtMs >= RIGHTFUL_MS) &&
    takeoversMs.every((atMs) => nowMs - atMs >= TAKEOVERS_WITHIN_MS)
  );
}

/** Told again this often while a second machine keeps knocking, so that a conflict declared over too early comes back. */
const CONFLICT_AGAIN_MS = 60_000;
/** Memories above this number are swept of what no later judgement can need. */
const SWEEP_ABOVE = 1_000;

export interface IdentityClaimsOptions {
  /** Never goes back. */
  nowMs: () => number;
  onConflict: (agentId: string) => void;
}

/** The memories of all agents. */
export class IdentityClaims {
  readonly #options: IdentityClaimsOptions;
  readonly #memories = new Map<string, ClaimMemory>();
  readonly #notifiedMs = new Map<string, number>();

  constructor(options: IdentityClaimsOptions) {
    this.#options = options;
  }

  /** Why a newcomer may not be let in now, as a sentence for its log; null: it may. */
  holdOff(agentId: string, epoch: number | null, incumbent: Incumbent | null): string | null {
    const nowMs = this.#options.nowMs();
    const { verdict, conflict, memory } = judgeClaim(this.#memories.get(agentId) ?? NO_CLAIMS, epoch, incumbent, nowMs);
    this.#remember(agentId, memory, nowMs);
    if (conflict && nowMs - (this.#notifiedMs.get(agentId) ?? -CONFLICT_AGAIN_MS) >= CONFLICT_AGAIN_MS) {
      this.#notifiedMs.set(agentId, nowMs);
      this.#options.onConflict(agentId);
    }
    if (verdict === 'let-in') return null;
    return memory.rightful === null
      ? 'An earlier connection of this agent is still open; try again in a few seconds.'
      : 'Another machine uses the identity of this agent and was connected first. Stop the copy, or revoke the agent and enrol this machine anew.';
  }

  /** The connection that stood has ended. */
  left(agentId: string, incumbent: Incumbent): void {
    const memory = this.#memories.get(agentId);
    if (memory !== undefined) this.#remember(agentId, incumbentLeft(memory, incumbent), this.#options.nowMs());
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
