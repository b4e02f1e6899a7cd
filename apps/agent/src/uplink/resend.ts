/** A gateway is resent at once; if that did not help, not before this, and then after twice as long each time. */
const AGAIN_MS_MIN = 60_000;
const AGAIN_MS_MAX = 3_600_000;

/** When a gateway was resent, and how long it then rests. Monotonic ms. */
interface Resent {
  atMs: number;
  restMs: number;
}

/** What was resent lately, by gateway id. */
export type ResendMemory = ReadonlyMap<string, Resent>;

/**
 * Which of the gateways that the cloud asks for are resent now, inventory and full report. What was in flight when one
 * was resent is refused too and asks again, and a cloud that goes on refusing must not be sent the same for ever: so each
 * rests after a resend, longer each time it is asked for again soon after. Pure.
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
