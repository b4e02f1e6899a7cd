import type {
  ConfigChange,
  ConfigChangeError,
  ConfigFormat,
  ConfigFormatId,
  ConfigKey,
  ConfigNote,
  IncrementalContext,
  Parsed,
  Patched,
} from '../format.ts';
import { isWithin } from '../format.ts';
import { signatureOf } from '../signatures.ts';
import { type ConfigDocument, type Occurrence, type Scan, settingsOf } from './document.ts';
import { applyEdits, type Edit } from './edits.ts';
import { lineEndOf } from './lines.ts';
import { ChangeRefused, FileRefused } from './refusals.ts';
import { decodeSource, encodeSource, type SourceText, unencodable } from './source-text.ts';

/** A setting that has no statement in the document yet. */
export interface Creation {
  readonly key: ConfigKey;
  readonly value: string;
}

/** What one format knows. The functions throw `FileRefused` and `ChangeRefused`. */
export interface FormatDescription<Structure> {
  readonly id: ConfigFormatId;
  readonly name: string;
  readonly absentMeans: 'unchanged' | 'default';
  /** What may follow the key of a container in the keys that it contains. */
  readonly separators: readonly string[];
  canonicalKey?(key: ConfigKey): ConfigKey;
  scan(source: SourceText): Scan<Structure>;
  /** The text for a value in the place of an occurrence. */
  write(document: ConfigDocument<Structure>, occurrence: Occurrence, value: string): string;
  create(document: ConfigDocument<Structure>, creations: readonly Creation[], removed: readonly ConfigKey[]): Edit[];
  /** What goes with removed keys beside the statements that set them and what is in them. */
  remove?(document: ConfigDocument<Structure>, removed: readonly ConfigKey[]): Edit[];
  incremental?(changes: readonly ConfigChange[], context: IncrementalContext<ConfigDocument<Structure>>): string;
}

/**
 * Makes a format of its description: limits and decoding before it, and after each change the proof. A patched text is
 * read again, and the change is refused unless the settings are the former ones with the changes, exactly.
 */
export function defineFormat<Structure>(
  description: FormatDescription<Structure>,
): ConfigFormat<ConfigDocument<Structure>> {
  type Document = ConfigDocument<Structure>;
  const canonicalKey = (key: ConfigKey) => description.canonicalKey?.(key) ?? key;
  const canonical = (changes: readonly ConfigChange[]) =>
    changes.map((change) => ({ ...change, key: canonicalKey(change.key) }));
  const incremental = description.incremental?.bind(description);
  return {
    id: description.id,
    name: description.name,
    absentMeans: description.absentMeans,
    canonicalKey,
    parse: (bytes) => parse(description, bytes),
    settings: (document) => document.settings,
    patch: (document, changes) => patch(description, document, canonical(changes)),
    render: (document) => encodeSource(document.source),
    ending: (document) => document.ending,
    evidence: (document) => document.evidence,
    ...(incremental && {
      incremental: (changes: readonly ConfigChange[], context: IncrementalContext<Document>) =>
        guarded(() => ({ ok: true as const, text: incremental(lastOfEach(canonical(changes)), context) })),
    }),
  };
}

function parse<Structure>(
  description: FormatDescription<Structure>,
  bytes: Uint8Array,
): Parsed<ConfigDocument<Structure>> {
  const decoded = decodeSource(bytes);
  if (!decoded.ok) return decoded;
  const signature = signatureOf(decoded.source.text);
  if (signature.id !== description.id) {
    const found = signature.id === null ? signature.reason : `a ${signature.name}`;
    return { ok: false, errors: [{ line: signature.line, expected: `a ${description.name}`, found }] };
  }
  try {
    const document = read(description, decoded.source);
    return { ok: true, document, notes: document.notes };
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, errors: error.errors };
    throw error;
  }
}

function read<Structure>(description: FormatDescription<Structure>, source: SourceText): ConfigDocument<Structure> {
  const scan = description.scan(source);
  const { settings, notes } = settingsOf(scan.occurrences);
  return { ...scan, source, settings, notes: [...sourceNotes(source), ...scan.notes, ...notes] };
}

function sourceNotes(source: SourceText): ConfigNote[] {
  const notes: ConfigNote[] = [];
  if (source.encoding === 'latin-1') {
    notes.push({ kind: 'not-utf-8', line: null, key: null, text: 'the file is no UTF-8; it was read as Latin-1' });
  }
  if (lineEndOf(source.text).mixed) {
    notes.push({ kind: 'mixed-line-ends', line: null, key: null, text: 'the file has line ends of several kinds' });
  }
  return notes;
}

function patch<Structure>(
  description: FormatDescription<Structure>,
  document: ConfigDocument<Structure>,
  changes: readonly ConfigChange[],
): Patched<ConfigDocument<Structure>> {
  return guarded(() => {
    const wanted = expected(description, document, changes);
    const edits = planEdits(description, document, changes, wanted);
    const source = { ...document.source, text: applyEdits(document.source.text, edits) };
    const changed = edits.length === 0 ? document : reread(description, source, changes);
    const wrong = firstDifference(wanted, changed);
    if (wrong !== null) {
      throw new ChangeRefused(wrong, `the changed file would not say what was asked for ${wrong}`);
    }
    return { ok: true as const, document: changed };
  });
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
    checkEncoding(occurrence.key, value, document.source);
    const text = description.write(document, occurrence, value);
    edits.push({ from: occurrence.start, to: occurrence.end, text });
  }
  const gone = removed.filter((key) => !kept.some((other) => isWithin(key, other, description.separators)));
  if (gone.length > 0) edits.push(...(description.remove?.(document, gone) ?? []));
  const creations = [...sets].flatMap(([key, value]) => (wanted.has(key) && !present.has(key) ? [{ key, value }] : []));
  for (const { key, value } of creations) checkEncoding(key, key + value, document.source);
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

function checkEncoding(key: ConfigKey, value: string, source: SourceText): void {
  const character = unencodable(value, source.encoding);
  if (character === null) return;
  throw new ChangeRefused(
    key,
    `the value of ${key} contains ${character}, which ${source.encoding} cannot hold`,
    character,
  );
}

function reread<Structure>(
  description: FormatDescription<Structure>,
  source: SourceText,
  changes: readonly ConfigChange[],
): ConfigDocument<Structure> {
  try {
    return read(description, source);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const key = changes[0]?.key ?? '';
    throw new ChangeRefused(key, `the changed file could not be read again: ${error.message}`);
  }
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

function lastOfEach(changes: readonly ConfigChange[]): ConfigChange[] {
  const last = new Map<ConfigKey, ConfigChange>();
  for (const change of changes) {
    last.delete(change.key);
    last.set(change.key, change);
  }
  return [...last.values()];
}

function guarded<Result>(work: () => Result): Result | { ok: false; errors: readonly ConfigChangeError[] } {
  try {
    return work();
  } catch (error) {
    if (error instanceof ChangeRefused) return { ok: false, errors: error.errors };
    throw error;
  }
}
