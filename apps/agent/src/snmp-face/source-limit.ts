import { BlockList, isIPv6 } from 'node:net';
import { type Bucket, type BucketSize, fullBucket, takeToken } from '../core/token-bucket.ts';

/** Requests of one sender: a thousand at once, and five hundred a second. */
const REQUESTS: BucketSize = { capacity: 1_000, refillMs: 2 };
/** Senders that are kept track of; of more the one that was silent longest is forgotten. */
const SOURCES_MAX = 256;

/** A sender of requests, as the command line shows it. */
export interface Source {
  address: string;
  requests: number;
  refused: number;
  /** Ms since the epoch. */
  lastAt: number;
}

interface Kept extends Source {
  bucket: Bucket;
}

/** Who may ask, and how often: listed addresses alone, each with a limit of its own. */
export class SourceLimit {
  readonly #allowed = new BlockList();
  readonly #kept = new Map<string, Kept>();
  /** Requests from addresses that are not listed: counted together, so that strangers cost no memory. */
  strangers = 0;

  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = '', bits] = network.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.#allowed.addAddress(address, family);
      else this.#allowed.addSubnet(address, Number(bits), family);
    }
  }

  admit(address: string, at: { nowMs: number; monotonicMs: number }): boolean {
    if (!this.#allowed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) {
      this.strangers += 1;
      return false;
    }
    const kept = this.#of(address, at.monotonicMs);
    kept.lastAt = at.nowMs;
    const { bucket, taken } = takeToken(kept.bucket, REQUESTS, at.monotonicMs);
    kept.bucket = bucket;
    if (taken) kept.requests += 1;
    else kept.refused += 1;
    return taken;
  }

  /** The senders that were admitted, the latest first. */
  get sources(): Source[] {
    return [...this.#kept.values()]
      .map(({ address, requests, refused, lastAt }) => ({ address, requests, refused, lastAt }))
      .toSorted((a, b) => b.lastAt - a.lastAt);
  }

  /** The last one asked is the last of the map. */
  #of(address: string, monotonicMs: number): Kept {
    const kept = this.#kept.get(address) ?? {
      address,
      requests: 0,
      refused: 0,
      lastAt: 0,
      bucket: fullBucket(REQUESTS, monotonicMs),
    };
    this.#kept.delete(address);
    this.#kept.set(address, kept);
    if (this.#kept.size > SOURCES_MAX) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest!);
    }
    return kept;
  }
}
