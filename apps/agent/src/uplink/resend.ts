/** A gateway is resent at once; if that did not help, not before this, and then after twice as long each time. */
const AGAIN_MS_MIN = 60_000;
const AGAIN_MS_MAX = 3_600_000;

/** When a gateway was resent, and how long it then waits. Monotonic ms. */
interface Resent {
  atMs: number;
  restMs: number;
}

/** Recent resends, by gateway id. */
export type ResendMemory = ReadonlyMap<string, Resent>;

/**
 * Which of the gateways that the cloud requests are resent now, inventory and full report. Messages in flight during a
 * resend are refused too and cause another request, and a cloud that keeps refusing must not get the same for ever: so
 * each gateway waits after a resend, longer each time it is requested again soon after. Pure.
 */
export function decideResend(
  memory: ResendMemory,
  asked: readonly string[],
  nowMs: number,
): { memory: ResendMemory; resend: string[] } {
  const kept = new Map([...memory].filter(([, { atMs, restMs }]) => nowMs - atMs < 2 * restMs));
  const resend: string[] = [];
  for (const gatewayId of new Set(asked)) {
    const last = kept.get(gatewayId);
    if (last !== undefined && nowMs - last.atMs < last.restMs) continue;
    const restMs = last === undefined ? AGAIN_MS_MIN : Math.min(AGAIN_MS_MAX, 2 * last.restMs);
    kept.set(gatewayId, { atMs: nowMs, restMs });
    resend.push(gatewayId);
  }
  return { memory: kept, resend };
}
