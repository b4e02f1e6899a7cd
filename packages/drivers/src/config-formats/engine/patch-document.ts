import type { ConfigChange, ConfigKey } from '../format.ts';
import { isWithin } from '../format.ts';
import type { ConfigDocument, Occurrence } from './document.ts';
import { applyEdits, type Edit } from './edits.ts';
import type { FormatDescription } from './format-description.ts';
import { reread } from './parse-document.ts';
import { ChangeRefused } from './refusals.ts';
import { type SourceText, unencodable } from './source-text.ts';

/** The document with the changes. Throws `ChangeRefused` unless its settings are the former ones with them, exactly. */
export function patchDocument<Structure>(
  description: FormatDescription<Structure>,
  document: ConfigDocument<Structure>,
  changes: readonly ConfigChange[],
): ConfigDocument<Structure> {
  for (const change of changes) checkEncoding(change, document.source.encoding);
  const wanted = expected(description, document, changes);
  const edits = planEdits(description, document, changes, wanted);
  const source = { ...document.source, text: applyEdits(document.source.text, edits) };
  const changed = edits.length === 0 ? document : reread(description, source, changes);
  const wrong = firstDifference(wanted, changed);
  if (wrong !== null) throw new ChangeRefused(wrong, `the changed file would not say what was asked for ${wrong}`);
  return changed;
}

function planEdits<Structure>(
  description: FormatDescription<Structure>,
  document: ConfigDocument<Structure>,
  changes: readonly ConfigChange[],
  wanted: ReadonlyMap<ConfigKey, string | null>,
): Edit[] {
  const sets = new Map(lastOfEach(changes).flatMap((c) => (c.kind === 'set' ? [[c.key, c.value] as const] : [])));
  const removed = changes.filter((change) => change.kind === 'remove').map(({ key }) => key);
  const kept = [...wanted.keys()];
  const edits: Edit[] = [];
  const present = new Set<ConfigKey>();
  for (const occurrence of document.occurrences) {
    const value = wanted.get(occurrence.key);
    if (value === undefined) {
      edits.push(deletion(description, occurrence, kept));
      continue;
    }
    present.add(occurrence.key);
    if (value === occurrence.value || value === null || !sets.has(occurrence.key)) continue;
    const text = description.write(document, occurrence, value);
    edits.push({ from: occurrence.start, to: occurrence.end, text });
  }
  const gone = removed.filter((key) => !kept.some((other) => isWithin(key, other, description.separators)));
  if (gone.length > 0) edits.push(...(description.remove?.(document, gone) ?? []));
  const creations = [...sets].flatMap(([key, value]) => (wanted.has(key) && !present.has(key) ? [{ key, value }] : []));
  if (creations.length > 0) edits.push(...description.create(document, creations, gone));
  return edits;
}

/** A statement goes with all that is in it, so nothing in it may stay. */
function deletion<Structure>(
  { separators }: FormatDescription<Structure>,
  { key, from, to }: Occurrence,
  kept: readonly ConfigKey[],
): Edit {
  const inside = kept.find((other) => isWithin(key, other, separators));
  if (inside === undefined) return { from, to, text: '' };
  throw new ChangeRefused(key, `${key} cannot be removed while ${inside}, which is in it, is set`);
}

/** Throws where the key or the value of a change has characters that the encoding does not have. */
export function checkEncoding(change: ConfigChange, encoding: SourceText['encoding']): void {
  const { key } = change;
  const character = unencodable(change.kind === 'set' ? key + change.value : key, encoding);
  if (character === null) return;
  throw new ChangeRefused(key, `the value of ${key} contains ${character}, which ${encoding} cannot hold`, character);
}

/** The settings that the changes ask for. */
function expected<Structure>(
  description: FormatDescription<Structure>,
  document: ConfigDocument<Structure>,
  changes: readonly ConfigChange[],
): Map<ConfigKey, string | null> {
  const wanted = new Map([...document.settings].map(([key, { value }]) => [key, value]));
  for (const change of changes) {
    if (change.kind === 'set') wanted.set(change.key, change.value);
    else for (const key of wanted.keys()) if (isWithin(change.key, key, description.separators)) wanted.delete(key);
  }
  return wanted;
}

function firstDifference<Structure>(
  wanted: ReadonlyMap<ConfigKey, string | null>,
  { settings }: ConfigDocument<Structure>,
): ConfigKey | null {
  for (const [key, value] of wanted) if (settings.get(key)?.value !== value) return key;
  for (const key of settings.keys()) if (!wanted.has(key)) return key;
  return null;
}

/** In the order in which each key was changed last. */
export function lastOfEach(changes: readonly ConfigChange[]): ConfigChange[] {
  const last = new Map<ConfigKey, ConfigChange>();
  for (const change of changes) {
    last.delete(change.key);
    last.set(change.key, change);
  }
  return [...last.values()];
}
