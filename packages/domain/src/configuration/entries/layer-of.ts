import type { FieldId, SettingEntry, SettingLayer } from '../../telephony/index.ts';
import type { ConfigEntry } from './entry.ts';
import type { EntryPlace } from './place.ts';

/** A place that a gateway or port is in, with its name and what is set there. */
export interface PlacedEntries {
  readonly layer: EntryPlace['layer'];
  readonly name: string;
  readonly entries: readonly ConfigEntry[];
}

export function layerOf({ layer, name, entries }: PlacedEntries): SettingLayer {
  const settings: SettingEntry[] = [];
  const variables: Record<string, string> = {};
  for (const entry of entries) {
    if (entry.kind === 'variable') variables[entry.name] = String(entry.value);
    if (entry.kind !== 'setting') continue;
    const { value, deviceClass, isSealed, author, at } = entry;
    settings.push({ field: entry.name as FieldId, value, deviceClass, isSealed, author, at });
  }
  return { kind: layer, name, entries: settings, variables };
}
