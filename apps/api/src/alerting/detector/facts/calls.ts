import type { GatewayFacts } from '@loopstart/domain';

type Cells = readonly (number | null)[] | null;

/** Counters of a gateway at one reading: arrays over the ports in the order of that reading. */
export interface CounterReading {
  positions: readonly number[];
  callsIn: Cells;
  callsOut: Cells;
  callsFailed: Cells;
}

/**
 * Calls and failures of each port over these readings, oldest first. A counter that fell was reset: its value counts from
 * there. Null for a port without counters or with fewer than two readings.
 */
export function callsOver(
  readings: readonly CounterReading[],
  positions: readonly number[],
): NonNullable<GatewayFacts['recentCalls']> {
  return positions.map((position) => {
    let before: { calls: number; failed: number } | null = null;
    let total: { calls: number; failed: number } | null = null;
    for (const reading of readings) {
      const now = countersOf(reading, position);
      if (now === null) continue;
      if (before !== null) {
        total ??= { calls: 0, failed: 0 };
        total.calls += grown(before.calls, now.calls);
        total.failed += grown(before.failed, now.failed);
      }
      before = now;
    }
    return total;
  });
}

function countersOf(reading: CounterReading, position: number): { calls: number; failed: number } | null {
  const ordinal = reading.positions.indexOf(position);
  const failed = reading.callsFailed?.[ordinal] ?? null;
  const into = reading.callsIn?.[ordinal] ?? null;
  const out = reading.callsOut?.[ordinal] ?? null;
  if (failed === null || (into === null && out === null)) return null;
  return { calls: (into ?? 0) + (out ?? 0), failed };
}

const grown = (before: number, now: number): number => (now >= before ? now - before : now);
