import { POINTS_MAX, type Range } from './resolution.ts';

type Value = number | null;

/** One stored reading: a value for each measure; `undefined` where the reading lacks that measure. */
export interface Sample {
  atMs: number;
  values: (Value | undefined)[];
}

/** One bucket of one or more readings: for each measure the smallest, mean and largest value. */
export interface Bucket {
  atMs: number;
  min: Value[];
  avg: Value[];
  max: Value[];
}

/**
 * An agent sends a measure when it changed, and again after five minutes at the latest: a measure that a reading lacks
 * has not changed since it was last reported, for that time and no longer.
 */
const REPEATED_WITHIN_MS = 6 * 60_000;

/**
 * Readings as points. A measure that a reading lacks keeps its last value while that still counts; where readings are
 * missing for longer than an agent may be silent, a point of nulls marks the gap, so that no chart draws a line over
 * it. More readings than a chart can show are combined.
 */
export function fromSamples(samples: readonly Sample[], range: Range): Bucket[] {
  const width = samples[0]?.values.length ?? 0;
  const last: { value: Value; atMs: number }[] = Array.from({ length: width }, () => ({ value: null, atMs: 0 }));
  const points: Bucket[] = [];
  let before: Sample | undefined;
  for (const sample of samples) {
    if (before !== undefined && sample.atMs - before.atMs > REPEATED_WITHIN_MS)
      points.push(gap(before.atMs + 1000, width));
    const values = sample.values.map((value, measure) => {
      const lastReported = last[measure]!;
      if (value === undefined) return sample.atMs - lastReported.atMs <= REPEATED_WITHIN_MS ? lastReported.value : null;
      last[measure] = { value, atMs: sample.atMs };
      return value;
    });
    points.push({ atMs: sample.atMs, min: values, avg: values, max: values });
    before = sample;
  }
  return points.length <= POINTS_MAX ? points : thin(points, range);
}

/** Buckets on an even grid over the range; a missing bucket becomes one of nulls. */
export function onGrid(buckets: readonly Bucket[], range: Range, stepMs: number, width: number): Bucket[] {
  const byTime = new Map(buckets.map((bucket) => [bucket.atMs, bucket]));
  const points: Bucket[] = [];
  const first = Math.floor(range.fromMs / stepMs) * stepMs;
  // Never more points than promised: of a longer range, the newer part.
  const start = Math.max(first, Math.ceil((range.toMs - POINTS_MAX * stepMs) / stepMs) * stepMs);
  for (let atMs = start; atMs < range.toMs; atMs += stepMs) points.push(byTime.get(atMs) ?? gap(atMs, width));
  return points;
}

/** Buckets joined into wider ones of `stepMs`, in order of time. */
export function widen(buckets: readonly Bucket[], stepMs: number): Bucket[] {
  const groups = new Map<number, Bucket[]>();
  for (const bucket of buckets) {
    const atMs = Math.floor(bucket.atMs / stepMs) * stepMs;
    const group = groups.get(atMs);
    if (group === undefined) groups.set(atMs, [bucket]);
    else group.push(bucket);
  }
  return [...groups].map(([atMs, group]) => join(atMs, group));
}

function thin(points: Bucket[], range: Range): Bucket[] {
  return widen(points, Math.ceil((range.toMs - range.fromMs) / (POINTS_MAX - 1)));
}

function join(atMs: number, group: Bucket[]): Bucket {
  const width = group[0]?.avg.length ?? 0;
  const over = (pick: (bucket: Bucket) => Value[], reduce: (values: number[]) => number): Value[] =>
    Array.from({ length: width }, (_, measure) => {
      const values = group.map((bucket) => pick(bucket)[measure] ?? null).filter((value) => value !== null);
      return values.length === 0 ? null : reduce(values);
    });
  return {
    atMs,
    min: over(
      (bucket) => bucket.min,
      (values) => Math.min(...values),
    ),
    avg: over(
      (bucket) => bucket.avg,
      (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
    ),
    max: over(
      (bucket) => bucket.max,
      (values) => Math.max(...values),
    ),
  };
}

function gap(atMs: number, width: number): Bucket {
  const nulls: Value[] = Array.from({ length: width }, () => null);
  return { atMs, min: nulls, avg: nulls, max: nulls };
}
