import { expect, test } from 'vitest';
import { bytesOf } from '../testing/config-format-checks.ts';
import { CONFIG_FORMATS } from './formats.ts';
import { CONFIG_FORMAT_IDS } from './format.ts';
import { identifyConfig } from './identify.ts';

test('every id has its format', () => {
  expect(CONFIG_FORMATS.map(({ id }) => id).sort()).toEqual([...CONFIG_FORMAT_IDS].sort());
});

test.for([
  ['<?xml version="1.0"?>\n<gs_provision version="1"/>', 'grandstream-xml'],
  ['<device><flat-profile></flat-profile></device>', 'cisco-flat-profile'],
  [';Board: MP-118\n\n[SYSTEM Params]\n', 'audiocodes-ini'],
  ['IniFileURL = 1\n', 'audiocodes-ini'],
  ['# remark\nSipEp.X = "1"\n', 'mediatrix-script'],
  ['Scm.RestartRequiredServices\n', 'mediatrix-script'],
  ['\n#---\ncli version 3.20\n', 'patton-smartware'],
  ['cli version 4.00\n', 'patton-trinity'],
  ['; PUT\n set .a="1"\n', 'sangoma-vega'],
  ['get %mconfig.txt ifdiff\n', 'sangoma-vega'],
  ['Building configuration...\r\n\r\nCurrent configuration : 1 bytes\r\n!\r\nversion 15.4\r\n', 'cisco-ios'],
  ['voice-port 0/0/0\n cptone GB\n', 'cisco-ios'],
] as const)('%j is %s', ([text, id]) => {
  expect(identifyConfig(bytesOf(text))).toMatchObject({ format: id });
});

test.for([
  ['hello world\n', 1, 'a text that no known gateway writes'],
  ['<html></html>', 1, 'XML of another kind'],
  ['cli version 5.00\n', 1, 'a text that no known gateway writes'],
  ['; only remarks\n', null, 'nothing but remarks and empty lines'],
  ['', null, 'an empty file'],
  ['a\0b', 1, 'the control character U+0000'],
  ['\u{FFFE}', null, 'a text that no known gateway writes'],
] as const)('%j is nothing that is known', ([text, line, found]) => {
  const identified = identifyConfig(bytesOf(text));
  expect(identified).toMatchObject({ format: null, error: { found } });
  if (line !== null) expect(identified).toMatchObject({ error: { line } });
});

test('says that UTF-16 is not read', () => {
  expect(identifyConfig(Uint8Array.from([0xff, 0xfe, 0x61, 0]))).toMatchObject({
    format: null,
    error: { found: 'text in UTF-16' },
  });
});
