import type { ConfigChange, ConfigNote, Parsed } from '../format.ts';
import { signatureOf } from '../signatures.ts';
import { type ConfigDocument, settingsOf } from './document.ts';
import type { FormatDescription } from './format-description.ts';
import { lineEndOf } from './lines.ts';
import { ChangeRefused, FileRefused } from './refusals.ts';
import { decodeSource, encodeSource, type SourceText } from './source-text.ts';

/** A document of the bytes of a file, or why there is none. */
export function parse<Structure>(
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

/** As any file is read, so that a change cannot make it one of another kind. */
export function reread<Structure>(
  description: FormatDescription<Structure>,
  source: SourceText,
  changes: readonly ConfigChange[],
): ConfigDocument<Structure> {
  const again = parse(description, encodeSource(source));
  if (again.ok) return again.document;
  const [error] = again.errors;
  const reason = `the changed file would be refused: expected ${error?.expected}, found ${error?.found}`;
  throw new ChangeRefused(changes[0]?.key ?? '', reason);
}
