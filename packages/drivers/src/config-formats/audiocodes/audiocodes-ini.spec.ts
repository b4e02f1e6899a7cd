import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, valuesOf } from '../../testing/config-format-checks.ts';
import { audiocodesIni } from './audiocodes-ini.ts';

/** Firmware 7.0: strings in quotes, hidden values and tables as remarks. */
const SEVEN = `;Board: Mediant 1000
;Serial Number: 4711
;Software Version: 7.00A.001.001

[SYSTEM Params]

NTPServerIP = '0.0.0.0'
;LastConfigChangeTime is hidden but has non-default value
;ISPRACKREQUIRED is hidden but has non-default value
GWDEBUGLEVEL = 5

[ WebUsers ]

FORMAT WebUsers_Index = WebUsers_Username, WebUsers_Password, WebUsers_Status;
WebUsers 0 = "Admin", "$1$gQ==", 1;

[ \\WebUsers ]

[ DhcpClients ]

;
;  *** TABLE DhcpClients *** 
; This table contains hidden elements and will not be exposed.
;

[ \\DhcpClients ]

[ TrunkGroup ]

FORMAT TrunkGroup_Index = TrunkGroup_TrunkGroupNum, TrunkGroup_FirstPhoneNumber, TrunkGroup_Module;
TrunkGroup 0 = 1, "2001", 255;
TrunkGroup 2 = 1, , 255;

[ \\TrunkGroup ]
; End of INI file.
`;

/** Firmware 6.6: bare values, names in any case. */
const SIX = `[SIP Params]
ISREGISTERNEEDED = 1
[ TrunkGroup ]
FORMAT TrunkGroup_Index = TrunkGroup_TrunkGroupNum, TrunkGroup_FirstPhoneNumber;
TrunkGroup 0 = 1, 2001;
[ \\TrunkGroup ]
; End of INI file.
`;

/** Firmware 7.4: no name of the table before the columns. */
const SEVEN_FOUR = `[ ProxyIp ]
FORMAT Index = ProxySetId, IpAddress, Weight;
ProxyIp 0 = "1", "10.0.0.10", 0;
[ \\ProxyIp ]
; End of INI file.
`;

const isIn = (container: string, key: string) => key.startsWith(`${container}/`);

const errorsOf = (text: string) => {
  const result = audiocodesIni.parse(bytesOf(text));
  return result.ok ? [] : result.errors;
};

const incremental = (text: string | null, changes: Parameters<typeof audiocodesIni.patch>[1]) =>
  audiocodesIni.incremental?.(changes, { document: text === null ? null : parsed(audiocodesIni, text) });

describe('AudioCodes ini, firmware 7.0', () => {
  checkFormat(audiocodesIni, {
    text: SEVEN,
    newKeys: ['ProxyName', 'trunkgroup/2/firstphonenumber', 'trunkgroup/1/module', 'webusers/3/password'],
    containers: ['trunkgroup/0', 'trunkgroup', 'webusers/0'],
    isIn,
  });

  test('reads parameters and tables by lower-case names, and says what is hidden', () => {
    const document = parsed(audiocodesIni, SEVEN);
    expect(valuesOf(audiocodesIni, document)).toEqual({
      ntpserverip: '0.0.0.0',
      isprackrequired: null,
      gwdebuglevel: '5',
      'webusers/0/username': 'Admin',
      'webusers/0/password': '$1$gQ==',
      'webusers/0/status': '1',
      'trunkgroup/0/trunkgroupnum': '1',
      'trunkgroup/0/firstphonenumber': '2001',
      'trunkgroup/0/module': '255',
      'trunkgroup/2/trunkgroupnum': '1',
      'trunkgroup/2/module': '255',
    });
    const settings = audiocodesIni.settings(document);
    expect(settings.get('webusers/0/password')?.secret).toBe('opaque');
    expect(settings.get('isprackrequired')?.secret).toBe('masked');
    expect(settings.get('webusers/0/username')?.label).toBe('WebUsers/0/Username');
    expect(document.notes.map(({ kind, line, key }) => [kind, line, key])).toEqual([
      ['hidden-value', 9, 'isprackrequired'],
      ['hidden-table', 23, 'dhcpclients'],
    ]);
    expect(audiocodesIni.evidence(document)).toEqual({
      model: 'Mediant 1000',
      serial: '4711',
      version: '7.00A.001.001',
      mac: null,
      hostName: null,
    });
  });

  test('adds rows in the order of their index, quotes what needs it, and replaces the remark of a hidden value', () => {
    const text = patchedText(audiocodesIni, SEVEN, [
      { kind: 'set', key: 'TrunkGroup/1/FirstPhoneNumber', value: '2002' },
      { kind: 'set', key: 'TrunkGroup/1/Module', value: '255' },
      { kind: 'set', key: 'TrunkGroup/2/FirstPhoneNumber', value: 'a, b; c' },
      { kind: 'set', key: 'IsPrackRequired', value: '0' },
      { kind: 'remove', key: 'TrunkGroup/0' },
    ]);
    expect(text).toBe(
      SEVEN.replace(';ISPRACKREQUIRED is hidden but has non-default value', 'ISPRACKREQUIRED = 0')
        .replace('TrunkGroup 0 = 1, "2001", 255;\n', 'TrunkGroup 1 = , "2002", 255;\n')
        .replace('TrunkGroup 2 = 1, , 255;', 'TrunkGroup 2 = 1, "a, b; c", 255;'),
    );
  });
});

describe('AudioCodes ini, firmware 6.6', () => {
  checkFormat(audiocodesIni, {
    text: SIX,
    newKeys: ['trunkgroup/3/firstphonenumber'],
    containers: ['trunkgroup/0'],
    isIn,
  });

  test('refuses in bare rows what only quotes could hold', () => {
    const result = audiocodesIni.patch(parsed(audiocodesIni, SIX), [
      { kind: 'set', key: 'trunkgroup/0/firstphonenumber', value: '2001;2002' },
    ]);
    expect(result).toMatchObject({ ok: false, errors: [{ key: 'trunkgroup/0/firstphonenumber', character: '";"' }] });
  });
});

describe('AudioCodes ini, firmware 7.4', () => {
  checkFormat(audiocodesIni, { text: SEVEN_FOUR, newKeys: ['proxyip/1/ipaddress'], containers: ['proxyip/0'], isIn });
});

describe('AudioCodes ini with changes alone', () => {
  test('has changed parameters, and changed tables as a whole', () => {
    const changes = [
      { kind: 'set', key: 'ProxyName', value: 'sip.example.com' },
      { kind: 'set', key: 'TrunkGroup/1/FirstPhoneNumber', value: '2002' },
    ] as const;
    expect(incremental(SIX, changes)).toEqual({
      ok: true,
      text: [
        '; changed settings alone',
        'proxyname = sip.example.com',
        '',
        '[ TrunkGroup ]',
        'FORMAT TrunkGroup_Index = TrunkGroup_TrunkGroupNum, TrunkGroup_FirstPhoneNumber;',
        'TrunkGroup 0 = 1, 2001;',
        'TrunkGroup 1 = , 2002;',
        '[ \\TrunkGroup ]',
        '',
      ].join('\r\n'),
    });
  });

  test.for([
    ['a parameter that is removed', SIX, { kind: 'remove', key: 'isregisterneeded' }],
    ['a table of which nothing was read', null, { kind: 'set', key: 'trunkgroup/0/module', value: '1' }],
    ['a column that the unit does not have', SIX, { kind: 'set', key: 'trunkgroup/0/module', value: '1' }],
    ['a table that the file hides', SEVEN, { kind: 'set', key: 'dhcpclients/0/name', value: '1' }],
    ['a name that would be another line', SIX, { kind: 'set', key: 'a = 1\nb', value: '1' }],
  ] as const)('refuses %s', ([, text, change]) => {
    expect(incremental(text, [change])).toMatchObject({ ok: false, errors: [{ key: change.key }] });
  });
});

const table = (...lines: string[]) => ['[ T ]', ...lines, '[ \\T ]', ''].join('\n');

test.for([
  ['an open table', '[ T ]\nFORMAT T_Index = T_A;\n', null, '[ \\T ]'],
  ['another end', table('[ \\U ]'), 2, '[ \\T ]'],
  ['a table in a table', table('[ U ]'), 2, '[ \\T ]'],
  ['a row before FORMAT', table('T 0 = 1;'), 2, 'FORMAT of the table T'],
  ['too few values', table('FORMAT T_Index = T_A, T_B;', 'T 0 = 1;'), 3, '2 values, as FORMAT says'],
  ['a row without end', table('FORMAT T_Index = T_A;', 'T 0 = 1'), 3, 'a comma or a semicolon behind the value'],
  ['an open quote', table('FORMAT T_Index = T_A;', 'T 0 = "1;'), 3, 'a closing double quote'],
  ['text behind a row', table('FORMAT T_Index = T_A;', 'T 0 = 1; 2;'), 3, 'the end of the row'],
  ['one index twice', table('FORMAT T_Index = T_A;', 'T 0 = 1;', 'T 0 = 2;'), 4, 'each index of a table once'],
  ['a row of another table', table('FORMAT T_Index = T_A;', 'U 0 = 1;'), 3, 'a row of the table T'],
  ['a line that is nothing', 'A = 1\nnothing\n', 2, 'a parameter, a title or a remark'],
] as const)('refuses %s', ([, text, line, expected]) => {
  const [error] = errorsOf(text);
  // Without its end, a table is known by its FORMAT line alone.
  const open = expected === '[ \\T ]' && line === null;
  expect(error).toMatchObject({ line, expected: open ? 'the end of the table that begins on line 1' : expected });
});
