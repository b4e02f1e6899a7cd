import type { Peer } from '../../wire/types.ts';

/** Nobody is waited for longer than this at a time. */
const WAIT_MS_MAX = 10_000;
/** How much longer than an answer took the next one is waited for. */
const MARGIN = 1.5;
/** Requests that were given up are remembered for so long, and so many. */
const LATE_MS_MAX = 30_000;
const GIVEN_UP_MAX = 4_096;
const PEERS_MAX = 20_000;

/**
 * Waits longer for peers whose answers come after they were given up: slow is not silent. Learns from late answers and
 * forgets when a peer is quick again. Times are monotonic ms.
 */
export class Patience {
  readonly #waits = new Map<string, number>();
  readonly #givenUp = new Map<number, { peer: string; startedAtMs: number }>();

  /** How long one attempt waits: what was asked for, more for a peer that is known to be slow. */
  waitMs(peer: Peer, atLeastMs: number): number {
    return this.#waits.size === 0 ? atLeastMs : Math.max(atLeastMs, this.#waits.get(nameOf(peer)) ?? 0);
  }

  /** A request ended without an answer. */
  gaveUp(id: number, peer: Peer, startedAtMs: number): void {
    if (this.#givenUp.size >= GIVEN_UP_MAX) this.#givenUp.clear();
    this.#givenUp.set(id, { peer: nameOf(peer), startedAtMs });
  }

  /** An answer nobody waits for: the peer is slow where it answers what was given up. */
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

  /** An answer came in time: a peer that is quick again is not waited for any longer than others. */
  answered(peer: Peer, tookMs: number): void {
    if (this.#waits.size === 0) return;
    const name = nameOf(peer);
    const waitMs = this.#waits.get(name);
    if (waitMs === undefined || tookMs * 2 * MARGIN >= waitMs) return;
    // Half at a time: single quick answers come from slow agents too.
    if (waitMs < 1_000) this.#waits.delete(name);
    else this.#waits.set(name, waitMs / 2);
  }
}

function nameOf({ address, port }: Peer): string {
  return `${address}:${port}`;
}
