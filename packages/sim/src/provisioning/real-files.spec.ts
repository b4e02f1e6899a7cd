import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IniCodec } from './audiocodes/ini-store.ts';
import { factoryConfig, mergeFile } from './cisco-ios/ios-config.ts';
import { iosGrammar } from './cisco-ios/ios-grammar.ts';
import { readProfile } from './cisco-spa/flat-profile.ts';
import { isSecret, parametersOf } from './cisco-spa/parameters.ts';
import { readProvision } from './grandstream/grandstream-file.ts';
import { pValuesOf } from './grandstream/p-values.ts';
import { SCALARS, TABLES } from './mediatrix/dgw-names.ts';
import { factorySmartWare, runFile } from './patton/smartware-config.ts';
import { smartWareGrammar } from './patton/smartware-grammar.ts';
import { factoryPaths } from './sangoma/vega-paths.ts';

/** Files that real units wrote, which are kept beside the repository. Where they are not, these tests say so and skip. */
const FOLDER = join(import.meta.dirname, '../../../../../shared/config-samples');
const absent = !existsSync(FOLDER);
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

if (absent) console.warn('skipped: the files of real units are absent (../shared/config-samples)');

describe.skipIf(absent)('a file of a real unit', () => {
  test('Grandstream exports are read, and one with wrong end tags is refused with its line', () => {
    for (const [name, model, fxs] of [
      ['grandstream-ht814-export.xml', 'HT814', 4],
      ['grandstream-gxw4224-export.xml', 'GXW4224', 24],
    ] as const) {
      const text = read(name);
      const mac = /<mac>(\w+)<\/mac>/.exec(text)?.[1]?.toLowerCase() ?? '';
      const written = new Set(readProvision(text, mac).map(([key]) => key));
      const missing = [...pValuesOf(model, fxs).keys()].filter((key) => !written.has(key));
      // What the simulator has and this firmware did not write.
      expect(missing.length / pValuesOf(model, fxs).size, missing.join(' ')).toBeLessThan(0.2);
    }
    expect(() => readProvision(read('grandstream-ht802-export.xml'), '000b82000001')).toThrow(
      /XML line \d+: <\/\w+> closes nothing/,
    );
  });

  test('a SPA122 profile is read, and has the parameters of the simulator', () => {
    const written = new Set(readProfile(read('cisco-spa122-flat-profile.xml')).map(([key]) => key));
    const named = [...parametersOf(2).keys()].filter((key) => !key.startsWith('router-configuration/'));
    // Secrets stand in comments.
    expect(named.filter((key) => !written.has(key) && !isSecret(key))).toEqual([]);
  });

  test('AudioCodes files are loaded', () => {
    for (const [name, dialect] of [
      ['audiocodes-mp114.ini', '6'],
      ['audiocodes-mediant800b-fxs-v7.ini', '7.0'],
    ] as const) {
      const codec = new IniCodec(dialect);
      const state = codec.apply(codec.factory(), codec.read(read(name)), true);
      const numbers = [...(state.tables.get('trunkgroup')?.values() ?? [])].map((row) => row.get('FirstPhoneNumber'));
      expect(
        numbers.some((number) => /^\d+$/.test(number ?? '')),
        name,
      ).toBe(true);
    }
  });

  test('the voice part of an IOS configuration is taken without an error', () => {
    const ports = ['0/0/0', '0/0/1', '0/0/2', '0/0/3'];
    expect(mergeFile(factoryConfig(ports), read('cisco-isr2901-fxs-voice.cfg'), iosGrammar(new Set(ports)))).toEqual(
      [],
    );
  });

  test('the names of services that a DGW unit without FXS lines has, too, are its own', () => {
    const text = read('mediatrix-4402-script-export.cfg');
    const scalars = Object.keys(SCALARS).filter((key) => /^(SipEp|Conf|EpAdm)\./.test(key));
    expect(scalars.filter((key) => !text.includes(`${key} `))).toEqual([]);
    for (const name of ['SipEp.Authentication', 'EpServ.CallDtmfMapAllowed', 'EpServ.CallDtmfMapRefuse']) {
      const columns = Object.keys(TABLES[name]?.columns ?? {});
      expect(
        columns.filter((column) => !new RegExp(`${name}\\[[^\\]]*\\]\\.${column} `).test(text)),
        name,
      ).toEqual([]);
    }
  });

  test('SmartWare configurations are taken without an error', () => {
    expect(runFile(factorySmartWare(8), read('patton-sn4118-fxs-smartware.cfg'), smartWareGrammar(8))).toEqual([]);
  });

  test('the paths of a Vega are its own', () => {
    const text = read('vega50-4fxs-2fxo-put.txt');
    expect([...factoryPaths(4).keys()].filter((path) => !text.includes(`set ${path}=`))).toEqual([]);
  });
});
