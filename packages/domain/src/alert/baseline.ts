import type { Usual } from './types.ts';

/** Beyond this many readings older ones fade, so that the baseline follows slow change, such as the seasons. */
const MEMORY = 500;
/** A single reading moves the baseline by at most this many deviations, so that a fault hardly changes it. */
const WINSOR_DEVIATIONS = 3;
/** Readings after which the deviation is trusted enough to hold a new one against it. */
const TRUSTED = 12;

/** Learns from one reading: mean and standard deviation by Welford's method with fading memory. Units are the value's. */
export function learnUsual(before: Usual | null, value: number): Usual {
  if (before === null) return { mean: value, deviation: 0, samples: 1 };
  const { mean, deviation, samples } = before;
  const reach = Math.max(WINSOR_DEVIATIONS * deviation, Math.abs(mean) * 0.02);
  const taken = samples < TRUSTED ? value : Math.min(mean + reach, Math.max(mean - reach, value));
  const weight = 1 / Math.min(samples + 1, MEMORY);
  const step = taken - mean;
  const variance = (1 - weight) * (deviation * deviation + weight * step * step);
  return { mean: mean + weight * step, deviation: Math.sqrt(variance), samples: samples + 1 };
}
