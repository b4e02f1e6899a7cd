import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_CONFIG_BYTES } from '../config-formats/engine/source-text.ts';
import type { ConfigChange, ConfigFormat, ConfigKey } from '../config-formats/format.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** A document of a text that has to be right. */
export function parsed<Document>(format: ConfigFormat<Document>, text: string): Document {
  const result = format.parse(bytesOf(text));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.document;
}

export function valuesOf<Document>(
  format: ConfigFormat<Document>,
  document: Document,
): Record<ConfigKey, string | null> {
  return Object.fromEntries([...format.settings(document)].map(([key, { value }]) => [key, value]));
}

/** What a patch writes. */
export function patchedText<Document>(format: ConfigFormat<Document>, text: string, changes: ConfigChange[]): string {
  const result = format.patch(parsed(format, text), changes);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return textOf(format.render(result.document));
}

/** Characters that mean something in one of the formats, beside ordinary ones. */
const HOSTILE = [
  '\n',
  '\r',
  '\t',
  '\0',
  ' ',
  '&',
  '<',
  '>',
  '"',
  "'",
  '$',
  ';',
  '!',
  '%',
  '|',
  '#',
  '\\',
  ',',
  '=',
  '[',
  ']',
  '.',
  '?',
  'é',
  '漢',
  '😀',
  '\u0085',
  '\u2028',
  '\uD800',
  'a',
  '1',
  '-',
  'no',
  ']]>',
  '-->',
  '$$',
  '$1$',
];

const hostile = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 6 }).map((parts) => parts.join(''));
const value = fc.oneof(hostile, fc.constantFrom('', '2001', 'no', 'no 5', 'a b', '10.0.0.1:5060'));

/** Where the tests of all formats find something to change. */
export interface Example {
  /** A small file, whole. */
  readonly text: string;
  /** Keys that may be set though the file does not have them. */
  readonly newKeys: readonly ConfigKey[];
  /** Keys of rows and blocks in the file. */
  readonly containers: readonly ConfigKey[];
  isIn(container: ConfigKey, key: ConfigKey): boolean;
}

/** What holds for every format: whole or refused, the same bytes, changes exactly as asked for. */
export function checkFormat<Document>(format: ConfigFormat<Document>, example: Example): void {
  const { text } = example;
  const whole = parsed(format, text);
  const keys = [...format.settings(whole).keys()];

  test('writes an unchanged document with the same bytes, for all kinds of line ends', () => {
    const alike = ['\n', '\r\n', '\r'].map((lineEnd) => text.replaceAll(/\r\n|\n|\r/g, lineEnd));
    const mixed = text.replaceAll(/\r\n|\n|\r/g, (_, at: number) => ['\n', '\r\n', '\r'][at % 3] ?? '');
    for (const variant of [...alike, mixed, `\u{FEFF}${text}`]) {
      const document = parsed(format, variant);
      expect(textOf(format.render(document))).toBe(variant);
      expect(valuesOf(format, document)).toEqual(valuesOf(format, whole));
    }
  });

  test('refuses or reports a file that was cut at any byte', () => {
    const bytes = bytesOf(text);
    for (let length = 0; length < bytes.length; length++) {
      const result = format.parse(bytes.subarray(0, length));
      if (!result.ok || format.ending(result.document) !== 'marked') continue;
      expect(valuesOf(format, result.document), `cut at ${length}`).toEqual(valuesOf(format, whole));
    }
  });

  test('writes a file with a byte that is no UTF-8 again, or refuses it', () => {
    const bytes = bytesOf(text);
    for (let at = 0; at < bytes.length; at += 3) {
      const broken = bytes.with(at, 0xe9);
      const result = format.parse(broken);
      if (!result.ok) continue;
      expect(format.render(result.document)).toEqual(broken);
      expect(result.notes.map(({ kind }) => kind)).toContain('not-utf-8');
    }
  });

  test('refuses what is too large before it reads it', () => {
    const result = format.parse(new Uint8Array(50 * 1024 * 1024));
    expect(result).toEqual({
      ok: false,
      errors: [{ line: null, expected: `at most ${MAX_CONFIG_BYTES} bytes`, found: '52428800 bytes' }],
    });
  });

  test('patches exactly what is asked for, or names what it cannot hold', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key: fc.constantFrom(...keys, ...example.newKeys), value }),
      fc.record({ kind: fc.constant('remove' as const), key: fc.constantFrom(...keys, ...example.containers) }),
    );
    let made = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const canonical = changes.map((change) => ({ ...change, key: format.canonicalKey(change.key) }));
        const wanted = wantedAfter(valuesOf(format, whole), canonical, example);
        const result = format.patch(whole, changes);
        if (!result.ok) {
          for (const { key, reason } of result.errors) {
            expect(key).not.toBe('');
            expect(reason).not.toMatch(/would (?:not|also) say/);
          }
          return;
        }
        made += 1;
        const again = format.parse(format.render(result.document));
        expect(again.ok && valuesOf(format, again.document)).toEqual(wanted);
      }),
      { numRuns: 250, seed: 20_261_201 },
    );
    expect(made).toBeGreaterThan(25);
  });

  checkIncremental(format, example);
}

/** A text with changes alone sets them exactly, or the refusal names the key. */
function checkIncremental<Document>(format: ConfigFormat<Document>, example: Example): void {
  const whole = parsed(format, example.text);
  const keys = [...format.settings(whole).keys()];

  test('writes a text of changes alone that says them exactly, or names what it cannot hold', () => {
    const change = fc.record({
      kind: fc.constant('set' as const),
      key: fc.constantFrom(...keys, ...example.newKeys),
      value,
    });
    let made = 0;
    fc.assert(
      fc.property(fc.uniqueArray(change, { minLength: 1, maxLength: 4, selector: ({ key }) => key }), (changes) => {
        const result = format.incremental?.(changes, { document: whole });
        if (result?.ok !== true) {
          for (const { reason } of result?.errors ?? []) expect(reason).not.toMatch(/would (?:not|also) say/);
          return;
        }
        made += 1;
        const values = valuesOf(format, parsed(format, result.text));
        for (const { key, value } of changes) expect(values[format.canonicalKey(key)]).toBe(value);
      }),
      { numRuns: 250, seed: 20_261_201 },
    );
    expect(made).toBeGreaterThan(25);
  });
}

function wantedAfter(
  before: Record<ConfigKey, string | null>,
  changes: readonly ConfigChange[],
  { isIn }: Example,
): Record<ConfigKey, string | null> {
  const wanted = { ...before };
  for (const change of changes) {
    if (change.kind === 'set') wanted[change.key] = change.value;
    else for (const key of Object.keys(wanted)) if (key === change.key || isIn(change.key, key)) delete wanted[key];
  }
  return wanted;
}
