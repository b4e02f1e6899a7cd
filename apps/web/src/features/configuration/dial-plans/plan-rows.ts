import type { ConfigEdit, ConfigEntry } from '@loopstart/contracts';

/** A dial plan: as it is published, or as the draft would make it. */
export interface PlanRow {
  name: string;
  value: ConfigEntry['value'];
  entry: ConfigEntry | null;
  edit: ConfigEdit | null;
}

/** The plans that there are once the draft is published, by name. The newest edit of a plan comes first and holds. */
export function planRows(entries: readonly ConfigEntry[], edits: readonly ConfigEdit[]): PlanRow[] {
  const rows = new Map<string, PlanRow>();
  for (const entry of entries)
    if (entry.kind === 'dial-plan') rows.set(entry.name, { name: entry.name, value: entry.value, entry, edit: null });
  const seen = new Set<string>();
  for (const edit of edits) {
    if (edit.kind !== 'dial-plan' || seen.has(edit.name)) continue;
    seen.add(edit.name);
    if (edit.action === 'reset') rows.delete(edit.name);
    else rows.set(edit.name, { name: edit.name, value: edit.value, entry: rows.get(edit.name)?.entry ?? null, edit });
  }
  return [...rows.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
