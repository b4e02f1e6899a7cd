import type { ConfigEdit, ConfigEntry } from '@loopstart/contracts';
import { type FieldId, isFieldId, type LineDeviceClass, TELEPHONY_FIELD_IDS } from '@loopstart/domain';
import { isSamePlace, type Place } from '../place/place.ts';

/** One setting of one place for one device class: as it is published, and as the draft would make it. */
export interface EntryRow {
  field: FieldId;
  deviceClass: LineDeviceClass | null;
  entry: ConfigEntry | null;
  edit: ConfigEdit | null;
}

const keyOf = (name: string, deviceClass: LineDeviceClass | null) => `${name} ${deviceClass ?? ''}`;

/** The settings of a place in the order of the model; those for all devices before those for a class. */
export function rowsOf(place: Place, entries: readonly ConfigEntry[], edits: readonly ConfigEdit[]): EntryRow[] {
  const rows = new Map<string, EntryRow>();
  const rowOf = (name: string, deviceClass: LineDeviceClass | null): EntryRow | null => {
    if (!isFieldId(name)) return null;
    const key = keyOf(name, deviceClass);
    const row = rows.get(key) ?? { field: name, deviceClass, entry: null, edit: null };
    rows.set(key, row);
    return row;
  };
  for (const entry of entries) {
    const row = entry.kind === 'setting' ? rowOf(entry.name, entry.deviceClass) : null;
    if (row !== null) row.entry = entry;
  }
  for (const edit of edits) {
    if (edit.kind !== 'setting' || !isSamePlace(edit.place, place)) continue;
    const row = rowOf(edit.name, edit.deviceClass);
    // The newest edit comes first, and is the one that holds.
    if (row !== null) row.edit ??= edit;
  }
  return [...rows.values()].sort(
    (a, b) =>
      TELEPHONY_FIELD_IDS.indexOf(a.field) - TELEPHONY_FIELD_IDS.indexOf(b.field) ||
      (a.deviceClass ?? '').localeCompare(b.deviceClass ?? '', 'en'),
  );
}
