/** A gateway is told again at once; if that did not help, not before this, and then after twice as long each time. */
const AGAIN_MS_MIN = 60_000;
const AGAIN_MS_MAX = 3_600_000;

/** When a gateway was told again, and how long it then rests. Monotonic ms. */
interface Retold {
  atMs: number;
  restMs: number;
}

/** What was told again lately, by gateway id. */
export type RetellMemory = ReadonlyMap<string, Retold>;

/**
 * Which of the gateways that the cloud asks for are told again now, inventory and full report. What was on its way when
 * one was told is refused too and asks again, and a cloud that goes on refusing must not be sent the same for ever: so
 * each rests after it was told, longer each time it is asked for again soon after. Pure.
 */
export function decideRetell(
  memory: RetellMemory,
  asked: readonly string[],
  nowMs: number,
): { memory: RetellMemory; tell: string[] } {
  const kept = new Map([...memory].filter(([, { atMs, restMs }]) => nowMs - atMs < 2 * restMs));
  const tell: string[] = [];
  for (const gatewayId of new Set(asked)) {
    const last = kept.get(gatewayId);
    if (last !== undefined && nowMs - last.atMs < last.restMs) continue;
    const restMs = last === undefined ? AGAIN_MS_MIN : Math.min(AGAIN_MS_MAX, 2 * last.restMs);
    kept.set(gatewayId, { atMs: nowMs, restMs });
    tell.push(gatewayId);
  }
  return { memory: kept, tell };
}
