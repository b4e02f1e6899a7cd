/** What is ticked in the inbox: some rows, or all that match, also those that were not loaded. */
export type Selection = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'all' };

export const NOTHING: Selection = { kind: 'some', ids: new Set() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'all' || selection.ids.has(id);
}

/** Ticks or unticks one row. Unticking one of all leaves the other rows in sight ticked. */
export function toggle(selection: Selection, id: string, shown: readonly string[]): Selection {
  const ids = new Set(selection.kind === 'all' ? shown : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { kind: 'some', ids };
}

/** Ticks every row in sight, or none where all of them were. */
export function toggleShown(selection: Selection, shown: readonly string[]): Selection {
  return shownState(selection, shown) === 'all' ? NOTHING : { kind: 'some', ids: new Set(shown) };
}

/** Whether none, some or all of the rows in sight are ticked. */
export function shownState(selection: Selection, shown: readonly string[]): 'none' | 'some' | 'all' {
  const ticked = shown.filter((id) => isSelected(selection, id)).length;
  if (ticked === 0) return 'none';
  return ticked === shown.length ? 'all' : 'some';
}

/** How many are ticked; rows that left the list do not count. */
export function selectedCount(selection: Selection, shown: readonly string[], total: number): number {
  return selection.kind === 'all' ? total : shown.filter((id) => selection.ids.has(id)).length;
}
