/** How many streams an operator has at most: each is read and sent for itself. */
export const AUDIT_STREAMS_MAX = 5;

const FIRST_RETRY_MS = 1_000;
const RETRY_MAX_MS = 300_000;

/**
 * The pause after so many failures in a row, from one second, doubled each time, to five minutes; a receiver may ask for a
 * longer one, up to the same five minutes. A stream is never given up: entries wait for as long as they are kept.
 */
export const streamRetryMs = (failures: number, askedMs: number | null): number =>
  Math.min(RETRY_MAX_MS, Math.max(FIRST_RETRY_MS * 2 ** Math.min(20, Math.max(0, failures - 1)), askedMs ?? 0));

export const STREAM_STATES = ['current', 'behind', 'failing', 'paused'] as const;
export type StreamState = (typeof STREAM_STATES)[number];

/** How a stream is. One that is paused is so whatever happened before. */
export function streamState(facts: { paused: boolean; failures: number; behind: number }): StreamState {
  if (facts.paused) return 'paused';
  if (facts.failures > 0) return 'failing';
  return facts.behind > 0 ? 'behind' : 'current';
}

/** The places between the position and the entry that comes next: entries that were deleted before they were sent. */
export const lostBefore = (position: number, nextSeq: number): number => Math.max(0, nextSeq - position - 1);

/** As many of the entries as fit into so many bytes; always the first, which nothing could send otherwise. */
export function fitting<T>(entries: readonly T[], sizeOf: (entry: T) => number, bytesMax: number): T[] {
  let bytes = 0;
  const count = entries.findIndex((entry, at) => {
    bytes += sizeOf(entry);
    return at > 0 && bytes > bytesMax;
  });
  return count === -1 ? [...entries] : entries.slice(0, count);
}
