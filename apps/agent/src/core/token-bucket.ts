/** A supply that refills over time: `tokens` as of `atMs`. */
export interface Bucket {
  tokens: number;
  atMs: number;
}

export interface BucketSize {
  capacity: number;
  /** Time in which one token comes back. */
  refillMs: number;
}

export function fullBucket(size: BucketSize, nowMs: number): Bucket {
  return { tokens: size.capacity, atMs: nowMs };
}

/** Takes one token: the bucket afterwards, and whether there was one; if not, how long until there is. Pure. */
export function takeToken(
  bucket: Bucket,
  size: BucketSize,
  nowMs: number,
): { bucket: Bucket; taken: true } | { bucket: Bucket; taken: false; waitMs: number } {
  const passedMs = Math.max(0, nowMs - bucket.atMs);
  const tokens = Math.min(size.capacity, bucket.tokens + passedMs / size.refillMs);
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, atMs: nowMs }, taken: true };
  return { bucket: { tokens, atMs: nowMs }, taken: false, waitMs: Math.ceil((1 - tokens) * size.refillMs) };
}
