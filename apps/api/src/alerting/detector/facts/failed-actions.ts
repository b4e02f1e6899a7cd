import { type ActionType, type FailedAction, wasCarriedOut } from '@loopstart/domain';
import type { ActionRow } from './facts.repository.ts';

/** As the subject of a sentence: "… failed". */
const NAMES: Readonly<Record<ActionType, string>> = {
  'poll-now': 'Reading',
  identify: 'Making it recognisable',
  'lock-port': 'Locking',
  'unlock-port': 'Unlocking',
  'reset-port': 'The reset',
  'line-test': 'The line test',
  reboot: 'The restart',
};

/**
 * Failed actions of each gateway that did not succeed later, oldest first. `rows` by time. A line test that found a fault
 * has completed; a failed reading shows in the reading itself.
 */
export function failedActions(rows: readonly ActionRow[]): Map<string, FailedAction[]> {
  const open = new Map<string, Map<string, FailedAction>>();
  for (const row of rows) {
    if (row.type === 'poll-now') continue;
    const of = open.get(row.gateway_id) ?? new Map<string, FailedAction>();
    open.set(row.gateway_id, of);
    const key = `${row.type}/${row.position ?? ''}`;
    of.delete(key);
    if (row.state !== 'failed' || (row.type === 'line-test' && wasCarriedOut(row))) continue;
    const { position, reason, type, updated_at } = row;
    of.set(key, { at: updated_at.getTime(), what: NAMES[type], position, reason });
  }
  return new Map([...open].flatMap(([id, of]) => (of.size === 0 ? [] : [[id, [...of.values()]] as const])));
}
