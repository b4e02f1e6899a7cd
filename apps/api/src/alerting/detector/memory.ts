import type { AlertRecord, ConditionKey, Records } from '@loopstart/domain';

/** Changes of the engine's records to write after a step. */
export interface MemoryDelta {
  kept: AlertRecord[];
  forgotten: ConditionKey[];
}

/**
 * The difference between the stored and the current records. The time of the last evaluation alone is not worth a write: an
 * older one only causes another evaluation.
 */
export function memoryDelta(before: Records, after: Records): MemoryDelta {
  const delta: MemoryDelta = { kept: [], forgotten: [] };
  for (const [id, shelf] of after.shelves) {
    const old = before.shelves.get(id);
    if (old === shelf) continue;
    compare(old?.own, shelf.own, delta);
    compare(old?.ports, shelf.ports, delta);
  }
  for (const [id, { own, ports }] of before.shelves)
    if (!after.shelves.has(id)) delta.forgotten.push(...own.keys(), ...ports.keys());
  return delta;
}

type Part = ReadonlyMap<ConditionKey, AlertRecord>;

function compare(before: Part | undefined, after: Part, { kept, forgotten }: MemoryDelta): void {
  if (before === after) return;
  for (const [key, record] of after) {
    const stored = before?.get(key);
    if (stored !== record && (stored === undefined || !isSameEssence(stored, record))) kept.push(record);
  }
  if (before !== undefined) for (const key of before.keys()) if (!after.has(key)) forgotten.push(key);
}

/** Measured values move with every reading; only the thresholds are kept. */
function isSameEssence(a: AlertRecord, b: AlertRecord): boolean {
  for (const name of ESSENCE) if (a[name] !== b[name] && !isSame(a[name], b[name])) return false;
  return a.evidence.thresholds === b.evidence.thresholds || isSame(a.evidence.thresholds, b.evidence.thresholds);
}

/** All parts of a record but the two that are left out on purpose: the type says when one is forgotten here. */
const ESSENCE = Object.keys({
  key: true,
  kind: true,
  subject: true,
  where: true,
  severity: true,
  phase: true,
  raiseAfterMs: true,
  clearAfterMs: true,
  incarnation: true,
  badSince: true,
  goodSince: true,
  openedAt: true,
  verdict: true,
  hold: true,
  announced: true,
  flapping: true,
  flappingSince: true,
  told: true,
  history: true,
} satisfies Record<keyof Omit<Required<AlertRecord>, 'observedAt' | 'evidence'>, true>) as (keyof AlertRecord)[];

function isSame(a: unknown, b: unknown): boolean {
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}
