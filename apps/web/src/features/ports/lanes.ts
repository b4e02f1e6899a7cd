import type { Port, StateChange } from '@loopstart/contracts';
import type { PortStateField } from '@loopstart/domain';

/** A stretch of time in which a field had one value. `value` null: nobody knew it. */
export interface Stretch {
  fromMs: number;
  toMs: number;
  value: string | null;
}

export interface LaneInput {
  field: PortStateField;
  /** All changes of the port within the range, newest first. */
  changes: readonly StateChange[];
  /** The field's value now. */
  current: string | null;
  fromMs: number;
  toMs: number;
  /** Until when the current value is known; after it (a silent agent, an old reading) nobody knows. */
  knownUntilMs: number;
  /** Before this, changes were not loaded, so nothing is said. */
  loadedFromMs: number;
}

const SHORTEST_MS = 10 * 60_000;

/**
 * Where the lanes begin: with the range, or with the first that was ever known of the gateway, so that a new one does
 * not show a day of nothing. Never shorter than ten minutes.
 */
export function lanesFrom(fromMs: number, toMs: number, firstKnownMs: number): number {
  return Math.max(fromMs, Math.min(firstKnownMs, toMs - SHORTEST_MS));
}

/** What a field was over a range, oldest first, without overlaps. */
export function stretches(input: LaneInput): Stretch[] {
  const { fromMs, toMs } = input;
  const start = Math.max(fromMs, input.loadedFromMs);
  const changes = input.changes
    .filter((change) => change.field === input.field)
    .map((change) => ({ ...change, atMs: Date.parse(change.at) }))
    .filter((change) => change.atMs > start && change.atMs <= toMs)
    .sort((a, b) => a.atMs - b.atMs);

  const result: Stretch[] = [];
  const push = (from: number, to: number, value: string | null) => {
    if (to <= from) return;
    const last = result.at(-1);
    if (last !== undefined && last.value === value && last.toMs === from) last.toMs = to;
    else result.push({ fromMs: from, toMs: to, value });
  };

  let cursor = start;
  for (const change of changes) {
    push(cursor, change.atMs, change.from);
    cursor = change.atMs;
  }
  const value = changes.at(-1)?.to ?? (changes.length === 0 ? input.current : null);
  const known = Math.min(toMs, Math.max(cursor, input.knownUntilMs));
  push(cursor, known, value);
  push(known, toMs, null);
  return result;
}

/** How a value is drawn: what needs attention is full and hatched, what is in use is full, what is normal is thin. */
export type Weight = 'normal' | 'busy' | 'attention' | 'bad' | 'unknown';

const WEIGHTS: Record<PortStateField, Record<string, Weight>> = {
  admin: { locked: 'attention', 'shutting-down': 'attention' },
  oper: { 'out-of-service': 'bad', testing: 'attention' },
  hook: { 'off-hook': 'busy' },
  call: {
    dialling: 'busy',
    'ring-back': 'busy',
    ringing: 'busy',
    talking: 'busy',
    hold: 'busy',
    conference: 'busy',
    'in-use': 'busy',
    seizing: 'busy',
    'busy-tone': 'attention',
    'receiver-off-hook': 'attention',
  },
  registration: {
    registering: 'attention',
    unregistered: 'bad',
    'auth-failed': 'bad',
    rejected: 'bad',
    unreachable: 'bad',
  },
  fault: {},
};

export function weightOf(field: PortStateField, value: string | null): Weight {
  if (value === null) return 'unknown';
  if (field === 'fault') return value === 'none' ? 'normal' : 'bad';
  return WEIGHTS[field][value] ?? 'normal';
}

/** Whether a field says anything of this port at all, now or in the range. */
export function isTold(port: Port, field: PortStateField, changes: readonly StateChange[]): boolean {
  return port[field] !== null || changes.some((change) => change.field === field);
}
