/** Properties of a bad network path. Times in milliseconds, one direction. */
export interface Badness {
  delayMs: number;
  /** Share of the packets that are lost, 0 to 1. */
  loss: number;
}

/** Bytes of a TCP segment on Ethernet (RFC 9293 section 3.7.1: 1500 less 40 of headers). */
const SEGMENT_BYTES = 1_460;
/** Minimum time until TCP repeats unacknowledged data; Linux uses 200 ms and not RFC 6298's second. */
const RTO_MS_MIN = 200;
/** After the first SYN is lost, the next ones follow after 1, 3, 7, 15 and 31 s (RFC 6298 section 2, doubling). */
const SYN_RTO_MS = 1_000;
const RETRIES_MAX = 16;

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * One direction of a TCP connection over a bad network. A stream never loses bytes: a lost packet costs time. Its
 * sender waits for one retransmission timeout (at least one and a half round trips), then twice that if the repetition
 * is lost too, and all later data wait too. While the path is cut every try fails, so that after 30 s without a network
 * a connection may stay still for up to as long again. Pure except for the random numbers.
 */
export class BadPath {
  readonly #badness: Badness;
  readonly #random: () => number;
  readonly #rtoMs: number;
  #lastArrivesAt = 0;
  #stalledUntil = 0;

  constructor(badness: Badness, random: () => number) {
    this.#badness = badness;
    this.#random = random;
    this.#rtoMs = Math.max(RTO_MS_MIN, badness.delayMs * 2 * 1.5);
  }

  /** When bytes written at `now` arrive. The path is cut until `cutUntil`, where that is later than `now`. */
  arrivesAt(now: number, bytes: number, cutUntil: number): number {
    let sentAt = Math.max(now, this.#stalledUntil);
    for (let left = bytes; left > 0; left -= SEGMENT_BYTES) sentAt = this.#passes(sentAt, cutUntil);
    this.#stalledUntil = sentAt > now ? sentAt : 0;
    this.#lastArrivesAt = Math.max(this.#lastArrivesAt, sentAt + this.#badness.delayMs);
    return this.#lastArrivesAt;
  }

  /** When a segment that is first sent at `at` arrives. */
  #passes(at: number, cutUntil: number): number {
    let triedAt = at;
    for (let tries = 0; tries < RETRIES_MAX; tries += 1) {
      if (triedAt >= cutUntil && this.#random() >= this.#badness.loss) break;
      triedAt += this.#rtoMs * 2 ** tries;
    }
    return triedAt;
  }
}

/** When a connection requested at `now` is established: its SYN is repeated while the path is cut or loses it. */
export function connectedAt(now: number, badness: Badness, cutUntil: number, random: () => number): number {
  let triedAt = now;
  for (let tries = 0; tries < RETRIES_MAX; tries += 1) {
    if (triedAt >= cutUntil && random() >= badness.loss) break;
    triedAt += SYN_RTO_MS * 2 ** tries;
  }
  return triedAt + 2 * badness.delayMs;
}
