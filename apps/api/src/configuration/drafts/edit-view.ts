import type { ConfigEdit, ConfigPlace } from '@loopstart/contracts';
import { entryKey, isStale, placeKey } from '@loopstart/domain';
import { entryView, shown, type StoredEntry } from '../entries/index.ts';

/** Edits in the contract's form; `under` is what is in force at their keys. */
export function editViews(
  edits: readonly StoredEntry[],
  under: readonly StoredEntry[],
  names: ReadonlyMap<string, string>,
): ConfigEdit[] {
  const byKey = new Map(under.map((entry) => [entryKey(entry), entry]));
  return edits.map((edit) => {
    const { id, place, kind, name, deviceClass, action, value, isSecret, isSealed, author, at } = edit;
    const entry = byKey.get(entryKey(edit)) ?? null;
    const placeName = names.get(placeKey(place)) ?? '';
    return {
      id,
      place: place as ConfigPlace,
      placeName,
      kind,
      name,
      deviceClass,
      action,
      value: shown(value, isSecret),
      isSecret,
      isSealed,
      author,
      at: new Date(at).toISOString(),
      replaces: entry === null ? null : entryView(entry, placeName),
      isStale: isStale(edit, entry),
    };
  });
}
