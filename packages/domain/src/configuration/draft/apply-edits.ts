import { type ConfigEntry, entryKey } from '../entries/index.ts';
import type { ConfigEdit } from './edit.ts';

/** The entries as they are once the edits are published. Of two edits of one entry the later one holds. */
export function applyEdits(entries: readonly ConfigEntry[], edits: readonly ConfigEdit[]): ConfigEntry[] {
  const result = new Map(entries.map((entry) => [entryKey(entry), entry]));
  for (const edit of edits.toSorted((a, b) => a.at - b.at)) {
    const key = entryKey(edit);
    if (edit.action === 'reset') result.delete(key);
    else result.set(key, entryOf(edit));
  }
  return [...result.values()];
}

function entryOf({ id, place, kind, name, deviceClass, action, value, isSealed, author, at }: ConfigEdit): ConfigEntry {
  return { id, place, kind, name, deviceClass, value: action === 'set' ? value : null, isSealed, author, at };
}
