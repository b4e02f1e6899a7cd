import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, valuesOf } from '../../testing/config-format-checks.ts';
import type { ConfigChange } from '../format.ts';
import { sangomaVega } from './sangoma-vega.ts';

const DUMP = `;PUT completed
;
 ;<all>
; CONFIGVERSION:vega-1:01/02/2026 10:00:00
;
 set ._advanced.auto_apply="0"
  purge .pots.port
  cp .pots.port.1
   set .pots.port.1.enable="1"
    purge .pots.port.1.if
    cp .pots.port.1.if.1
     set .pots.port.1.if.1.interface="0101"
  set .sip.reg_enable="1"
   purge .sip.auth.user
   cp .sip.auth.user.1
    set .sip.auth.user.1.password="secret"
    set .sip.auth.user.1.username="2001"
   cp .sip.auth.user.2
    set .sip.auth.user.2.username="%m;!|"
cp .
;
; PUT end
;
`;

const isIn = (container: string, key: string) => key.startsWith(`${container}.`);

const incremental = (...changes: ConfigChange[]) =>
  sangomaVega.incremental?.(changes, { document: parsed(sangomaVega, DUMP) });

describe('Sangoma Vega', () => {
  checkFormat(sangomaVega, {
    text: DUMP,
    newKeys: [
      '.sip.auth.user.1.subscriber',
      '.sip.auth.user.3.username',
      '.pots.port.2.if.1.dn',
      '.pots.port.2.callerid',
      '.lan.name',
    ],
    containers: ['.sip.auth.user.1', '.sip.auth.user', '.pots.port.1.if.1', '.pots.port.1', '.sip'],
    isIn,
  });

  test('reads what is set, and the name of the unit', () => {
    const document = parsed(sangomaVega, DUMP);
    expect(valuesOf(sangomaVega, document)).toEqual({
      '._advanced.auto_apply': '0',
      '.pots.port.1.enable': '1',
      '.pots.port.1.if.1.interface': '0101',
      '.sip.reg_enable': '1',
      '.sip.auth.user.1.password': 'secret',
      '.sip.auth.user.1.username': '2001',
      '.sip.auth.user.2.username': '%m;!|',
    });
    expect(sangomaVega.settings(document).get('.sip.auth.user.1.password')?.secret).toBe('plain');
    expect(sangomaVega.evidence(document).hostName).toBe('vega-1');
  });

  test('makes rows of lists, also in new rows, and removes them with what is in them', () => {
    const text = patchedText(sangomaVega, DUMP, [
      { kind: 'remove', key: '.sip.auth.user.1' },
      { kind: 'set', key: '.sip.auth.user.3.username', value: '2003' },
      { kind: 'set', key: '.pots.port.2.if.1.dn', value: '2002' },
    ]);
    expect(text).toBe(
      DUMP.replace(/ {3}cp \.sip\.auth\.user\.1\n.*\n.*\n/, '')
        .replace(
          'user.2.username="%m;!|"\n',
          'user.2.username="%m;!|"\n   cp .sip.auth.user.3\n    set .sip.auth.user.3.username="2003"\n',
        )
        .replace(
          'interface="0101"\n',
          'interface="0101"\n  cp .pots.port.2\n    cp .pots.port.2.if.1\n     set .pots.port.2.if.1.dn="2002"\n',
        ),
    );
  });

  test('writes changes alone, and makes a list again of which a row goes', () => {
    expect(
      incremental(
        { kind: 'remove', key: '.sip.auth.user.1' },
        { kind: 'set', key: '.sip.auth.user.2.password', value: 'other' },
        { kind: 'set', key: '.sip.reg_enable', value: '0' },
      ),
    ).toEqual({
      ok: true,
      text: [
        '   purge .sip.auth.user',
        '   cp .sip.auth.user.2',
        '    set .sip.auth.user.2.username="%m;!|"',
        '    set .sip.auth.user.2.password="other"',
        ' set .sip.reg_enable="0"',
        'cp .',
        '',
      ].join('\n'),
    });
  });

  test.for<[string, ConfigChange]>([
    ['a setting that is removed', { kind: 'remove', key: '.sip.reg_enable' }],
    ['a setting of a row that is removed', { kind: 'remove', key: '.sip.auth.user.1.username' }],
    ['a path that is another line', { kind: 'set', key: '.a="1"\npurge .sip', value: '1' }],
    ['a quote', { kind: 'set', key: '.sip.reg_enable', value: '1" ' }],
    ['characters beyond ASCII', { kind: 'set', key: '.sip.reg_enable', value: 'é' }],
  ])('refuses %s', ([, change]) => {
    expect(incremental(change)).toMatchObject({ ok: false, errors: [{ key: change.key }] });
  });

  test.for([
    ['set .a.b', 1, '"=" behind the path'],
    ['set .a.b=1', 1, 'a value in double quotes'],
    ['set .a.b="1', 1, 'a closing double quote'],
    ['set .a.b="1"2"', 1, 'the end of the line'],
    ['set .a.b="1"\ncp a', 2, 'a path from the root, such as .sip.profile.1.reg_expiry'],
    ['set .a.b="1"\nerase .a', 2, 'set, cp, purge or a remark'],
  ] as const)('refuses %j', ([text, line, expected]) => {
    const result = sangomaVega.parse(bytesOf(text));
    expect(result).toMatchObject({ ok: false, errors: [{ line, expected }] });
  });
});
