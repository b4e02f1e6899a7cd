import type { AlertRecord, ConditionKey } from '@loopstart/domain';

type Records = ReadonlyMap<ConditionKey, AlertRecord>;

/** What of the engine's memory must be written after a step. */
export interface MemoryDelta {
  kept: AlertRecord[];
  forgotten: ConditionKey[];
}

/**
 * The difference between what is stored and what the engine now remembers. When a condition was last looked at is not
 * worth a write: as long as nothing else changed, an older time only lets the next look in again.
 */
export function memoryDelta(before: Records, after: Records): MemoryDelta {
  const kept: AlertRecord[] = [];
  for (const [key, record] of after) {
    const stored = before.get(key);
    if (stored !== record && (stored === undefined || essence(stored) !== essence(record))) kept.push(record);
  }
  return { kept, forgotten: [...before.keys()].filter((key) => !after.has(key)) };
}

function essence(record: AlertRecord): string {
  const { observedAt: _, evidence, ...rest } = record;
  // What was measured moves with every reading; the sentence and the thresholds are what is kept of it.
  return JSON.stringify([rest, evidence.thresholds]);
}
