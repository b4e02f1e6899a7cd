import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SHARED } from '../testing/support.ts';
import { type AnyConfigFormat, CONFIG_FORMATS } from './formats.ts';
import type { ConfigFormatId } from './format.ts';
import { identifyConfig } from './identify.ts';

const SAMPLES = `${SHARED}config-samples/`;
const absent = !existsSync(SAMPLES);
if (absent) console.warn('skipped: the configuration files of real units are absent (../shared/config-samples)');

const FILES: readonly [file: string, format: ConfigFormatId][] = [
  ['audiocodes-mediant800b-fxs-v7.ini', 'audiocodes-ini'],
  ['audiocodes-mp114.ini', 'audiocodes-ini'],
  ['cisco-ata192-flat-profile.xml', 'cisco-flat-profile'],
  ['cisco-isr2901-fxs-voice.cfg', 'cisco-ios'],
  ['cisco-spa122-flat-profile.xml', 'cisco-flat-profile'],
  ['grandstream-gxw4224-export.xml', 'grandstream-xml'],
  ['grandstream-ht814-export.xml', 'grandstream-xml'],
  ['mediatrix-4402-script-export.cfg', 'mediatrix-script'],
  ['patton-sn4114-fxs-fxo-smartware.cfg', 'patton-smartware'],
  ['patton-sn4118-fxs-smartware.cfg', 'patton-smartware'],
  ['patton-sn4661-fxs-isdn-smartware.cfg', 'patton-smartware'],
  ['patton-trinity-fxo2.cfg', 'patton-trinity'],
  ['vega50-4fxs-2fxo-put.txt', 'sangoma-vega'],
  ['vega-autoexec-script.txt', 'sangoma-vega'],
];

const read = (file: string) => new Uint8Array(readFileSync(SAMPLES + file));
const distinct = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map((match) => match[1])).size;
const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

/** Settings by a search that knows nothing of the formats. Blocks of command lines that begin twice count once. */
function counted(id: ConfigFormatId, text: string): number {
  const statements = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^[!#]/.test(line));
  const outer = statements.filter((line) => !line.startsWith(' '));
  switch (id) {
    case 'grandstream-xml':
      return distinct(text, /<(P(?!8214>)\d+)>/g);
    case 'cisco-flat-profile':
      return count(text, /<([\w-]+)(?: ua="\w+")?(?:\/>|>[^<]*<\/\1>)/g) + count(text, / ua="/g);
    case 'mediatrix-script':
      return distinct(text, /^(\S.*) = "/gm);
    case 'sangoma-vega':
      return distinct(text, /^ *set (\S+)="/gm);
    case 'audiocodes-ini': {
      const rows = [...text.matchAll(/^\w+ \d+ = (.*);\r?$/gm)].flatMap((match) => (match[1] ?? '').split(','));
      const hidden = count(text, /^;(?!LastConfig|VpFile)\w+ is hidden/gm);
      return count(text, /^\w+ ?= ?/gm) + rows.filter((cell) => cell.trim() !== '').length + hidden;
    }
    default:
      return statements.length - (outer.length - new Set(outer).size);
  }
}

/** The first setting that takes another value, with the text that has it. */
function changed(format: AnyConfigFormat, document: unknown): { key: string; line: number; text: string } | null {
  for (const { key, value, line } of format.settings(document).values()) {
    const result = format.patch(document, [{ kind: 'set', key, value: `${value}1` }]);
    if (value === null || value === '' || !result.ok) continue;
    return { key, line, text: new TextDecoder().decode(format.render(result.document)) };
  }
  return null;
}

describe.skipIf(absent)('a file of a real unit', () => {
  test.for(FILES)('%s is read whole by its format alone, and written again with the same bytes', ([file, id]) => {
    const bytes = read(file);
    const text = new TextDecoder().decode(bytes);
    expect(identifyConfig(bytes)).toMatchObject({ format: id });
    for (const format of CONFIG_FORMATS) {
      const result = format.parse(bytes);
      if (format.id !== id) {
        expect(result).toMatchObject({ ok: false, errors: [{ expected: `a ${format.name}` }] });
        continue;
      }
      if (!result.ok) throw new Error(JSON.stringify(result.errors));
      expect(Buffer.from(format.render(result.document)).equals(Buffer.from(bytes))).toBe(true);
      expect(format.settings(result.document).size).toBe(counted(id, text));
    }
  });

  // The script that runs at the start of a Vega has no settings.
  test.for(FILES.filter(([file]) => !file.includes('autoexec')))(
    '%s changes in the lines of one setting',
    ([file, id]) => {
      const format = CONFIG_FORMATS.find((candidate) => candidate.id === id);
      const result = format?.parse(read(file));
      if (format === undefined || result?.ok !== true) throw new Error('refused');
      const after = changed(format, result.document);
      const before = new TextDecoder().decode(read(file)).split('\n');
      const lines = after?.text.split('\n') ?? [];
      const different = before.flatMap((line, at) => (line === lines[at] ? [] : [at + 1]));
      expect(lines.length).toBe(before.length);
      expect(different).toContain(after?.line);
      const twice = result.notes.some(({ kind, key }) => kind === 'duplicate-key' && key === after?.key);
      if (!twice) expect(different).toEqual([after?.line]);
    },
  );

  test('with wrong end tags is refused at the first of them', () => {
    const format = CONFIG_FORMATS.find(({ id }) => id === 'grandstream-xml');
    expect(format?.parse(read('grandstream-ht802-export.xml'))).toEqual({
      ok: false,
      errors: [{ line: 1113, expected: '</P2383> for the element of line 1113', found: '</2383>' }],
    });
  });
});
