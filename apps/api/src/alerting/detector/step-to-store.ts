import type { AlertRecord, ConditionKey, EngineStep } from '@loopstart/domain';
import type { Affected } from '../incidents/index.ts';
import type { MemoryDelta } from './memory.ts';

/** One step of the engine for an operator, to be written in one transaction. */
export interface StepToStore {
  operatorId: string;
  now: number;
  step: EngineStep;
  /** Its changes of the engine's records. */
  memory: MemoryDelta;
  /** What a root explains now: keys of alerts, and the part of the fleet behind it. */
  explains: (record: AlertRecord) => { children: readonly ConditionKey[]; affected: Affected };
}
