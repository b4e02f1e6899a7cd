/** sysUpTime counts hundredths of a second in 32 bits (RFC 3418): it wraps after 497 days. */
const WRAP_S = 4_294_967_296 / 100;
/** Maximum difference of two clocks. */
const TOLERANCE_S = 5;
/** Some units count their uptime in steps of a minute. */
const STEP_S = 90;

/** Whether an uptime is greater than the elapsed time permits: then another unit answers now. */
export function isAhead(beforeS: number | null, nowS: number | null, elapsedS: number): boolean {
  if (beforeS === null || nowS === null) return false;
  return nowS - beforeS > elapsedS * 1.01 + STEP_S;
}

/**
 * Whether a gateway restarted between two readings of its uptime, `elapsedS` apart. A counter that merely wrapped is no
 * restart.
 */
export function hasRestarted(beforeS: number | null, nowS: number | null, elapsedS: number): boolean {
  if (beforeS === null || nowS === null || nowS >= beforeS - TOLERANCE_S) return false;
  const expected = beforeS + elapsedS - WRAP_S;
  return !(expected >= -TOLERANCE_S && Math.abs(nowS - expected) <= TOLERANCE_S + elapsedS * 0.01);
}
