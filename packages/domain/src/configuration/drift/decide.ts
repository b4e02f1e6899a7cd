/** `gone`: a later reading has what was deployed again. */
export const CONFIG_DRIFT_STATES = ['open', 'ignored', 'overwritten', 'gone'] as const;
export type ConfigDriftState = (typeof CONFIG_DRIFT_STATES)[number];

/** Longest time for which a drift is ignored. */
export const DRIFT_IGNORED_MS_MAX = 365 * 86_400_000;

export interface Drift {
  readonly state: ConfigDriftState;
  /** When ignoring ends, in ms since the epoch; null: it is not ignored. */
  readonly until: number | null;
}

/** Whether a drift needs a decision: it is open, or was ignored until a time that has passed. */
export const needsDecision = ({ state, until }: Drift, now: number): boolean =>
  state === 'open' || (state === 'ignored' && until !== null && until <= now);
