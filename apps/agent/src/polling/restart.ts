/** sysUpTime counts hundredths of a second in 32 bits (RFC 3418): it begins again after 497 days. */
const WRAP_S = 4_294_967_296 / 100;
/** What two clocks may differ by. */
const TOLERANCE_S = 5;
/** Some units count their up time in steps of a minute. */
const STEP_S = 90;

/** Whether an up time is further on than it can be by what has passed: what answers now is another unit. */
export function isAhead(beforeS: number | null, nowS: number | null, elapsedS: number): boolean {
  if (beforeS === null || nowS === null) return false;
  return nowS - beforeS > elapsedS * 1.01 + STEP_S;
}

/**
 * Whether a gateway started again between two readings of its up time, `elapsedS` apart. A counter that merely
 * ran over is no restart.
 */
export function hasRestarted(beforeS: number | null, nowS: number | null, elapsedS: number): boolean {
  if (beforeS === null || nowS === null || nowS >= beforeS - TOLERANCE_S) return false;
  const expected = beforeS + elapsedS - WRAP_S;
  return !(expected >= -TOLERANCE_S && Math.abs(nowS - expected) <= TOLERANCE_S + elapsedS * 0.01);
}
