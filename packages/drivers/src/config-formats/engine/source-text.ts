import type { ConfigError } from '../format.ts';

/**
 * Larger files are refused before anything is decoded. The largest that were seen have 118 kB (Vega) and 109 kB
 * (Mediatrix).
 */
export const MAX_CONFIG_BYTES = 2 * 1024 * 1024;

/** More lines are refused, too; the largest file that was seen has 1,956. */
const MAX_LINES = 50_000;

/** The text of a file with what is needed to write the same bytes again. */
export interface SourceText {
  /** Without byte order mark; line ends as they are. */
  readonly text: string;
  readonly encoding: 'utf-8' | 'latin-1';
  readonly byteOrderMark: boolean;
}

type Decoded =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/**
 * Text that is no UTF-8 is read as Latin-1, in which every byte is a character, so that it can be written again.
 * Refused: too large, empty, UTF-16, or with control characters (a binary file).
 */
export function decodeSource(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_CONFIG_BYTES) {
    return refuse(null, `at most ${MAX_CONFIG_BYTES} bytes`, `${bytes.length} bytes`);
  }
  if (bytes.length === 0) return refuse(null, 'a configuration file', 'an empty file');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return refuse(1, 'text in UTF-8', 'text in UTF-16');
  }
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = byteOrderMark ? bytes.subarray(3) : bytes;
  const source: SourceText = { ...decodeBody(body), byteOrderMark };
  if (lineAt(source.text, source.text.length) > MAX_LINES) return refuse(null, `at most ${MAX_LINES} lines`, 'more');
  const control = firstControl(source.text);
  if (control !== null) {
    return refuse(lineAt(source.text, control), 'text', characterName(source.text[control] ?? ''));
  }
  return { ok: true, source };
}

function decodeBody(bytes: Uint8Array): Omit<SourceText, 'byteOrderMark'> {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin-1' };
  }
}

export function encodeSource(source: SourceText): Uint8Array {
  const text = source.byteOrderMark ? `\u{FEFF}${source.text}` : source.text;
  if (source.encoding === 'utf-8') return new TextEncoder().encode(text);
  const body = Uint8Array.from(Buffer.from(source.text, 'latin1'));
  return source.byteOrderMark ? Uint8Array.from([0xef, 0xbb, 0xbf, ...body]) : body;
}

/** The first character of a value that the encoding of the file cannot hold, or null. */
export function unencodable(value: string, encoding: SourceText['encoding']): string | null {
  if (!value.isWellFormed()) return 'half of a surrogate pair';
  if (encoding === 'utf-8') return null;
  for (const character of value) if ((character.codePointAt(0) ?? 0) > 0xff) return characterName(character);
  return null;
}

/** The first control character other than tab, carriage return and line feed. */
function firstControl(text: string): number | null {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0x7f) return at;
  }
  return null;
}

/** A character by a name that can stand in a sentence. */
export function characterName(character: string): string {
  const names: Readonly<Record<string, string>> = {
    '\n': 'a line feed',
    '\r': 'a carriage return',
    '\t': 'a tab',
    ' ': 'a space',
    '"': 'a double quote',
    "'": 'a single quote',
    '': 'the end of the file',
  };
  const known = names[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
    return `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return `"${character}"`;
}

/** The begin of a line of a file as it can stand in a sentence: not its value, which may be a secret. */
export function quotedText(line: string): string {
  const [name = ''] = line.split('=', 1);
  const text = name.trimEnd();
  return text.length > 40 ? `"${text.slice(0, 40)}…"` : `"${text}"`;
}

/** From 1. Line ends are CR LF, LF or CR. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line += 1;
  }
  return line;
}

function refuse(line: number | null, expected: string, found: string): Decoded {
  return { ok: false, errors: [{ line, expected, found }] };
}
