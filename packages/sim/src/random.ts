/** Seeded randomness. Everything random in the simulator comes from here, so that one seed gives one history. */

/** Mixes numbers and texts into 32 bits (FNV-1a, then the finaliser of MurmurHash3). */
export function hash32(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = typeof part === 'number' ? `#${part}` : part;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return finalise(hash);
}

function finalise(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A constant number in [0, 1) for these parts: noise that needs no state. */
export function noise(seed: number, ...parts: readonly number[]): number {
  let hash = seed >>> 0;
  for (const part of parts) hash = finalise(Math.imul(hash ^ (part | 0), 0x9e3779b1) + 0x7f4a7c15);
  return hash / 4_294_967_296;
}

/** A mulberry32 stream. `state` can be stored and the stream continued from it. */
export class Random {
  state: number;

  constructor(state: number) {
    this.state = state >>> 0;
  }

  /** The next number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let value = this.state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Evenly between two whole numbers of milliseconds, both included. */
  between(range: readonly [min: number, max: number]): number {
    return range[0] + Math.floor(this.next() * (range[1] - range[0] + 1));
  }

  /** The gap to the next event of a Poisson process with this mean gap. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
