/** Urgency, best first. `unknown` is not a fault: there is no current observation. */
export const SEVERITIES = ['ok', 'info', 'minor', 'major', 'critical', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

const RANK: Record<Severity, number> = { ok: 0, info: 1, unknown: 2, minor: 3, major: 4, critical: 5 };

/** The worse of two severities; `unknown` is worse than `info` and better than any fault. */
export function worse(a: Severity, b: Severity): Severity {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Sort key: higher is more urgent. */
export function severityRank(severity: Severity): number {
  return RANK[severity];
}
