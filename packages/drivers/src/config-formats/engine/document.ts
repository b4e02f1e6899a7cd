import type { ConfigEnding, ConfigEvidence, ConfigKey, ConfigNote, ConfigSetting, SecretForm } from '../format.ts';
import type { SourceText } from './source-text.ts';
import { holdsCredentials } from './values.ts';

/** One statement that sets one key, where it stands in the text. */
export interface Occurrence {
  readonly key: ConfigKey;
  readonly label: string;
  /** Null: hidden by the file. */
  readonly value: string | null;
  readonly line: number;
  readonly secret: SecretForm;
  /** What is replaced by another value. Of a hidden value: the whole comment that stands for the statement. */
  readonly start: number;
  readonly end: number;
  /** What is deleted with the setting, with its line end. */
  readonly from: number;
  readonly to: number;
}

/** What a format finds in a text. */
export interface Scan<Structure> {
  readonly occurrences: readonly Occurrence[];
  readonly notes: readonly ConfigNote[];
  readonly ending: ConfigEnding;
  readonly evidence: ConfigEvidence;
  /** Where the rest stands: rows, blocks, places for what is new. */
  readonly structure: Structure;
}

export interface ConfigDocument<Structure> extends Scan<Structure> {
  readonly source: SourceText;
  readonly settings: ReadonlyMap<ConfigKey, ConfigSetting>;
}

export const NO_EVIDENCE: ConfigEvidence = { model: null, serial: null, version: null, mac: null, hostName: null };

/** Of duplicates the last counts, as on the units; each key that has some is noted once. */
export function settingsOf(occurrences: readonly Occurrence[]): {
  settings: Map<ConfigKey, ConfigSetting>;
  notes: ConfigNote[];
} {
  const settings = new Map<ConfigKey, ConfigSetting>();
  const times = new Map<ConfigKey, { first: number; count: number }>();
  for (const { key, label, value, line, secret } of occurrences) {
    const former = times.get(key);
    times.set(key, { first: former?.first ?? line, count: (former?.count ?? 0) + 1 });
    const shown = secret === 'none' && holdsCredentials(value) ? 'plain' : secret;
    settings.set(key, { key, label, value, line, secret: shown });
  }
  const notes = [...settings.values()].flatMap(({ key, label, line }): ConfigNote[] => {
    const { first, count } = times.get(key) ?? { first: line, count: 1 };
    if (count === 1) return [];
    const text = `${label} is set ${count} times, first on line ${first}; line ${line} counts`;
    return [{ kind: 'duplicate-key', line, key, text }];
  });
  return { settings, notes };
}
