import type { Records } from './records.ts';
import type { AlertChange, Judged } from './types.ts';

/** The engine's state of one operator; its size is bounded by what is wrong. */
export interface EngineState {
  records: Records;
  /** Nothing is announced before this time: suppression is rebuilt first. */
  dispatchFrom: number;
  /** How the last step found the world; null: none was made, everything is judged afresh. */
  judged: Judged | null;
}

export interface EngineStep {
  state: EngineState;
  changes: readonly AlertChange[];
  /** When `step` must be called again without new facts (durations, settle windows); null: never. */
  nextAt: number | null;
  /** More is due now than was judged: `step` must be called again at once. */
  unfinished: boolean;
}
