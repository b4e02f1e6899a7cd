import { expect, test } from 'vitest';
import { bytesOf, textOf } from '../testing/config-format-checks.ts';
import { CONFIG_FORMATS } from './formats.ts';
import type { ConfigFormatId } from './format.ts';

/** A file in which one key is set twice, first to FIRST. */
const FILES: readonly [ConfigFormatId, key: string, text: string][] = [
  ['audiocodes-ini', 'proxyname', '[SIP Params]\nProxyName = FIRST\nPROXYNAME = SECOND\n'],
  ['cisco-flat-profile', 'A/B', '<flat-profile><A><B>FIRST</B><B>SECOND</B></A></flat-profile>'],
  ['cisco-ios', 'voice-port 0/0/0 > cptone', 'hostname a\nvoice-port 0/0/0\n cptone FIRST\n cptone SECOND\n'],
  ['grandstream-xml', 'P1', '<gs_provision><config><P1>FIRST</P1>\n<P1>SECOND</P1></config></gs_provision>'],
  ['mediatrix-script', 'Hoc.HostName', 'Hoc.HostName = "FIRST"\nHoc.HostName = "SECOND"\n'],
  ['patton-smartware', 'clock local offset', 'cli version 3.20\nclock local offset FIRST\nclock local offset SECOND\n'],
  ['patton-trinity', 'ntp > realm 1', 'cli version 4.00\nntp\n  realm 1 FIRST\nntp\n  realm 1 SECOND\n'],
  ['sangoma-vega', '.lan.name', 'set .lan.name="FIRST"\nset .lan.name="SECOND"\n'],
];

test.for(FILES)('of %s, the last of two values of %s counts, and a change reaches both', ([id, key, text]) => {
  const format = CONFIG_FORMATS.find((candidate) => candidate.id === id);
  const result = format?.parse(bytesOf(text));
  if (format === undefined || result?.ok !== true) throw new Error('refused');
  expect(format.settings(result.document).get(key)?.value).toBe('SECOND');
  expect(result.notes.map((note) => [note.kind, note.key])).toEqual([['duplicate-key', key]]);
  const patched = format.patch(result.document, [{ kind: 'set', key, value: 'THIRD' }]);
  if (!patched.ok) throw new Error(JSON.stringify(patched.errors));
  const written = textOf(format.render(patched.document));
  expect(written).toBe(text.replace('FIRST', 'THIRD').replace('SECOND', 'THIRD'));
  const removed = format.patch(result.document, [{ kind: 'remove', key }]);
  // Without any setting, a script is nothing that could be recognised.
  expect(removed.ok).toBe(id !== 'mediatrix-script' && id !== 'sangoma-vega');
});

test.for(FILES)('%s is refused by all other formats, in a sentence that names both', ([id, , text]) => {
  const own = CONFIG_FORMATS.find((format) => format.id === id);
  for (const format of CONFIG_FORMATS.filter((other) => other !== own)) {
    const result = format.parse(bytesOf(text));
    expect(result).toMatchObject({ ok: false, errors: [{ expected: `a ${format.name}`, found: `a ${own?.name}` }] });
  }
});
