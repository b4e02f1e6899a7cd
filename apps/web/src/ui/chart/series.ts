/** One measure over time: seconds since the epoch, and the lowest, mean and highest value of each point. */
export interface Measure {
  t: readonly number[];
  min: readonly (number | null)[];
  avg: readonly (number | null)[];
  max: readonly (number | null)[];
  unit: string;
}

export interface MeasureSummary {
  lowest: number;
  highest: number;
  last: number;
  /** How many points nothing was measured at. */
  gaps: number;
}

/** The few figures that say what a chart shows; null where nothing was measured at all. */
export function summarise(measure: Measure): MeasureSummary | null {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let last: number | null = null;
  let gaps = 0;
  for (const [index, avg] of measure.avg.entries()) {
    if (avg === null) {
      gaps += 1;
      continue;
    }
    lowest = Math.min(lowest, measure.min[index] ?? avg);
    highest = Math.max(highest, measure.max[index] ?? avg);
    last = avg;
  }
  return last === null ? null : { lowest, highest, last, gaps };
}

/**
 * A vertical range with air above and below. A line that hardly moves is not blown up into mountains:
 * the range is at least `breadthMin`.
 */
export function verticalRange(lowest: number, highest: number, breadthMin: number): [number, number] {
  const missing = Math.max(0, breadthMin - (highest - lowest));
  const air = (highest - lowest + missing) * 0.08;
  const low = lowest - missing / 2 - air;
  // Air must not make room for values below zero where there are none.
  return lowest >= 0 && low < 0 ? [0, highest + missing / 2 + air - low] : [low, highest + missing / 2 + air];
}

/** At most `most` rows for a table: neighbours are joined into their lowest, mean and highest. */
export function thin(
  measure: Measure,
  most: number,
): { atS: number; min: number | null; avg: number | null; max: number | null }[] {
  const size = Math.max(1, Math.ceil(measure.t.length / most));
  const rows = [];
  for (let start = 0; start < measure.t.length; start += size) {
    const known = (values: readonly (number | null)[]) =>
      values.slice(start, start + size).filter((value): value is number => value !== null);
    const avg = known(measure.avg);
    rows.push({
      atS: measure.t[start]!,
      min: avg.length === 0 ? null : Math.min(...known(measure.min)),
      avg: avg.length === 0 ? null : avg.reduce((sum, value) => sum + value, 0) / avg.length,
      max: avg.length === 0 ? null : Math.max(...known(measure.max)),
    });
  }
  return rows;
}
