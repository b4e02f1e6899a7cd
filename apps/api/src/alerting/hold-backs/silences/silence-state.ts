/** SQL: state of silence `s` at `now`, as `silenceState()` of packages/domain decides it. */
export const silenceState = (s: string, now: string): string =>
  `case when least(${s}.ends_at, ${s}.ended_at) <= ${now} then 'over' when ${s}.starts_at > ${now} then 'planned' else 'active' end`;
