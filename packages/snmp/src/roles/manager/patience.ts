import type { Peer } from '../../wire/types.ts';

/** Longest wait of one attempt. */
const WAIT_MS_MAX = 10_000;
/** The next wait is this many times as long as the last answer took. */
const MARGIN = 1.5;
/** How long, and how many, expired requests are remembered. */
const LATE_MS_MAX = 30_000;
const GIVEN_UP_MAX = 4_096;
const PEERS_MAX = 20_000;

/**
 * Waits longer for peers whose answers arrive after their requests expired: slow is not silent. Learns from late
 * answers and forgets when a peer is quick again. Times are monotonic ms.
 */
export class Patience {
  readonly #waits = new Map<string, number>();
  readonly #givenUp = new Map<number, { peer: string; startedAtMs: number }>();

  /** How long one attempt waits: as requested, or longer for a peer that is known to be slow. */
  waitMs(peer: Peer, atLeastMs: number): number {
    return this.#waits.size === 0 ? atLeastMs : Math.max(atLeastMs, this.#waits.get(nameOf(peer)) ?? 0);
  }

  /** A request ended without an answer. */
  gaveUp(id: number, peer: Peer, startedAtMs: number): void {
    if (this.#givenUp.size >= GIVEN_UP_MAX) this.#givenUp.clear();
    this.#givenUp.set(id, { peer: nameOf(peer), startedAtMs });
  }

  /** An answer that no request waits for: the peer is slow where it answers an expired request. */
  cameLate(id: number, from: Peer, nowMs = performance.now()): void {
    const given = this.#givenUp.get(id);
    const peer = nameOf(from);
    if (given === undefined || given.peer !== peer) return;
    this.#givenUp.delete(id);
    const tookMs = nowMs - given.startedAtMs;
    if (tookMs > LATE_MS_MAX) return;
    if (this.#waits.size >= PEERS_MAX) this.#waits.clear();
    this.#waits.set(peer, Math.min(WAIT_MS_MAX, Math.max(this.#waits.get(peer) ?? 0, tookMs * MARGIN)));
  }

  /** An answer arrived in time: a peer that is quick again gets the usual wait. */
  answered(peer: Peer, tookMs: number): void {
    if (this.#waits.size === 0) return;
    const name = nameOf(peer);
    const waitMs = this.#waits.get(name);
    if (waitMs === undefined || tookMs * 2 * MARGIN >= waitMs) return;
    // Reduced by half at a time: slow agents also send single quick answers.
    if (waitMs < 1_000) this.#waits.delete(name);
    else this.#waits.set(name, waitMs / 2);
  }
}

function nameOf({ address, port }: Peer): string {
  return `${address}:${port}`;
}
