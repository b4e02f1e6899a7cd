import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SHARED } from '../testing/support.ts';
import { CONFIG_FORMATS } from './formats.ts';
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

describe.skipIf(absent)('a file of a real unit', () => {
  test.for(FILES)('%s is read by its format alone, and written again with the same bytes', ([file, id]) => {
    const bytes = read(file);
    expect(identifyConfig(bytes)).toMatchObject({ format: id });
    for (const format of CONFIG_FORMATS) {
      const result = format.parse(bytes);
      if (format.id !== id) {
        expect(result).toMatchObject({ ok: false, errors: [{ expected: `a ${format.name}` }] });
        continue;
      }
      if (!result.ok) throw new Error(JSON.stringify(result.errors));
      expect(Buffer.from(format.render(result.document)).equals(Buffer.from(bytes))).toBe(true);
      // The script that runs at the start of a Vega has commands alone.
      expect(format.settings(result.document).size > 0).toBe(file !== 'vega-autoexec-script.txt');
    }
  });

  test('with wrong end tags is refused at the first of them', () => {
    const format = CONFIG_FORMATS.find(({ id }) => id === 'grandstream-xml');
    expect(format?.parse(read('grandstream-ht802-export.xml'))).toEqual({
      ok: false,
      errors: [{ line: 1113, expected: '</P2383> for the element of line 1113', found: '</2383>' }],
    });
  });
});
