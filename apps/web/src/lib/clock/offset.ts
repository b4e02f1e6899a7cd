/**
 * The difference between this computer's clock and the API's. Ages ("read 14 s ago") are judged by the
 * API's clock: a laptop that is an hour wrong must not make the whole fleet look stale.
 */
let offsetMs = 0;

/** An HTTP Date has whole seconds: a smaller difference is noise. */
const RESOLUTION_MS = 1500;

/**
 * How far this clock is behind the server's, in ms, from the Date of an answer and when it was asked
 * and received. Zero where the difference could be rounding and travel; null where there is no usable date.
 */
export function estimateOffset(date: string | null, sentAtMs: number, receivedAtMs: number): number | null {
  const serverMs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(serverMs)) return null;
  // The answer was dated somewhere between asking and receiving, and the date is rounded down.
  const difference = serverMs + 500 - (sentAtMs + receivedAtMs) / 2;
  return Math.abs(difference) <= RESOLUTION_MS + (receivedAtMs - sentAtMs) / 2 ? 0 : Math.round(difference);
}

export function noteServerDate(date: string | null, sentAtMs: number, receivedAtMs: number): void {
  offsetMs = estimateOffset(date, sentAtMs, receivedAtMs) ?? offsetMs;
}

/** When a page is rendered on the server, whose clock is the API's. */
export function requestTimeMs(): number {
  return Date.now();
}

/** Now by the API's clock, in ms since the epoch. */
export function serverNowMs(): number {
  return Date.now() + offsetMs;
}
