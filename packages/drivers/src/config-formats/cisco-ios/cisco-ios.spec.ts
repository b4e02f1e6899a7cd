import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, valuesOf } from '../../testing/config-format-checks.ts';
import type { ConfigChange } from '../format.ts';
import { ciscoIos } from './cisco-ios.ts';

const CONFIG = `Building configuration...

Current configuration : 4711 bytes
!
! Last configuration change at 10:00:00 UTC
version 15.4
hostname gw-1
!
enable secret 5 $1$abcd$efgh
!
banner motd ^C
 dial-peer voice 9 pots
^C
!
voice service voip
 sip
  registrar server
!
voice-port 0/0/0
 cptone GB
 no battery-reversal
 timeouts power-denial 500
 station-id name Room 1
 caller-id enable
!
dial-peer voice 2001 pots
 destination-pattern 2001
 port 0/0/0
!
snmp-server community first RO
snmp-server community other RO
snmp-server host 10.0.0.1 version 2c first
!
sip-ua
 registrar ipv4:10.0.0.10 expires 3600
 registrar ipv4:10.0.0.11 expires 3600 secondary
!
ntp clock-period 17179869
end
`;

const isIn = (container: string, key: string) => key.startsWith(`${container} > `);

const incremental = (...changes: ConfigChange[]) =>
  ciscoIos.incremental?.(changes, { document: parsed(ciscoIos, CONFIG) });

describe('Cisco IOS', () => {
  checkFormat(ciscoIos, {
    text: CONFIG,
    newKeys: [
      'voice-port 0/0/0 > station-id number',
      'voice-port 0/0/0 > shutdown',
      'dial-peer voice 2002 pots',
      'voice service voip > sip > bind control',
    ],
    containers: ['dial-peer voice 2001 pots', 'voice-port 0/0/0', 'voice service voip > sip', 'sip-ua'],
    isIn,
  });

  test('reads commands by their blocks; what has one value by its words, the rest as on', () => {
    const document = parsed(ciscoIos, CONFIG);
    expect(valuesOf(ciscoIos, document)).toEqual({
      version: '15.4',
      hostname: 'gw-1',
      'enable secret': '5 $1$abcd$efgh',
      'banner motd ^C': '',
      'voice service voip': '',
      'voice service voip > sip': '',
      'voice service voip > sip > registrar server': '',
      'voice-port 0/0/0': '',
      'voice-port 0/0/0 > cptone': 'GB',
      'voice-port 0/0/0 > battery-reversal': 'no',
      'voice-port 0/0/0 > timeouts power-denial': '500',
      'voice-port 0/0/0 > station-id name': 'Room 1',
      'voice-port 0/0/0 > caller-id enable': '',
      'dial-peer voice 2001 pots': '',
      'dial-peer voice 2001 pots > destination-pattern': '2001',
      'dial-peer voice 2001 pots > port': '0/0/0',
      'snmp-server community': 'first RO',
      'snmp-server community (2)': 'other RO',
      'snmp-server host 10.0.0.1': 'version 2c first',
      'sip-ua': '',
      'sip-ua > registrar': 'ipv4:10.0.0.10 expires 3600',
      'sip-ua > registrar secondary': 'ipv4:10.0.0.11 expires 3600',
    });
    expect(document.notes).toEqual([]);
    expect(ciscoIos.settings(document).get('enable secret')?.secret).toBe('opaque');
    expect(ciscoIos.evidence(document)).toMatchObject({ hostName: 'gw-1', version: '15.4' });
  });

  test('has no secret in a key, and changes the one of several that is meant', () => {
    const text = patchedText(ciscoIos, CONFIG, [{ kind: 'set', key: 'snmp-server community (2)', value: 'third RO' }]);
    expect(text).toBe(CONFIG.replace('other RO', 'third RO'));
    const keys = [...ciscoIos.settings(parsed(ciscoIos, CONFIG)).keys()].join('\n');
    expect(keys).not.toMatch(/first|other|efgh/);
  });

  test('writes a whole text in which only what changed differs', () => {
    const text = patchedText(ciscoIos, CONFIG, [
      { kind: 'set', key: 'voice-port 0/0/0 > cptone', value: 'no' },
      { kind: 'set', key: 'voice-port 0/0/0 > battery-reversal', value: '' },
      { kind: 'set', key: 'voice-port 0/0/0 > station-id number', value: '2001' },
      { kind: 'set', key: 'sip-ua > registrar secondary', value: 'dns:b.example.com' },
      { kind: 'remove', key: 'dial-peer voice 2001 pots' },
      { kind: 'set', key: 'dial-peer voice 2002 pots', value: '' },
      { kind: 'set', key: 'dial-peer voice 2002 pots > port', value: '0/0/1' },
    ]);
    expect(text).toBe(
      CONFIG.replace('cptone GB', 'no cptone')
        .replace('no battery', 'battery')
        .replace(' caller-id enable\n', ' caller-id enable\n station-id number 2001\n')
        .replace('ipv4:10.0.0.11 expires 3600 secondary', 'dns:b.example.com secondary')
        .replace(/dial-peer voice 2001 pots\n.*\n.*\n/, 'dial-peer voice 2002 pots\n port 0/0/1\n'),
    );
  });

  test('writes commands for a merge, with "no" and "default"', () => {
    expect(
      incremental(
        { kind: 'set', key: 'voice-port 0/0/0 > cptone', value: 'DE' },
        { kind: 'remove', key: 'voice-port 0/0/0 > station-id name' },
        { kind: 'remove', key: 'voice-port 0/0/0 > battery-reversal' },
        { kind: 'remove', key: 'dial-peer voice 2001 pots' },
        { kind: 'set', key: 'dial-peer voice 2002 pots', value: '' },
        { kind: 'set', key: 'dial-peer voice 2002 pots > port', value: '0/0/1' },
        { kind: 'set', key: 'voice service voip > sip > bind control', value: 'source-interface Loopback0' },
        { kind: 'set', key: 'voice service voip > fax protocol t38', value: '' },
      ),
    ).toEqual({
      ok: true,
      text: [
        'voice-port 0/0/0',
        ' cptone DE',
        ' no station-id name Room 1',
        ' default battery-reversal',
        'no dial-peer voice 2001 pots',
        'dial-peer voice 2002 pots',
        ' port 0/0/1',
        'voice service voip',
        ' sip',
        '  bind control source-interface Loopback0',
        'voice service voip',
        ' fax protocol t38',
        'end',
        '',
      ].join('\n'),
    });
  });

  test('takes back what a unit would only add to', () => {
    const text = CONFIG.replace('snmp-server community other RO\n', '');
    const changes: ConfigChange[] = [{ kind: 'set', key: 'snmp-server community', value: 'new RO' }];
    const made = ciscoIos.incremental?.(changes, { document: parsed(ciscoIos, text) });
    expect(made).toEqual({ ok: true, text: 'no snmp-server community first RO\nsnmp-server community new RO\nend\n' });
  });

  test('does not remove one of several from before another', () => {
    const result = ciscoIos.patch(parsed(ciscoIos, CONFIG), [{ kind: 'remove', key: 'snmp-server community' }]);
    expect(result).toMatchObject({ ok: false, errors: [{ key: 'snmp-server community' }] });
  });

  test.for<[string, ConfigChange]>([
    ['one of several', { kind: 'set', key: 'snmp-server community', value: 'new RO' }],
    ['a value that is another command', { kind: 'set', key: 'hostname', value: 'gw\nend' }],
    ['a question mark, which asks for help', { kind: 'set', key: 'hostname', value: 'gw?' }],
    [
      'a value for a command that is on or off',
      { kind: 'set', key: 'voice-port 0/0/0 > caller-id enable', value: 'x' },
    ],
    [
      'a value that ends like another command',
      { kind: 'set', key: 'sip-ua > registrar', value: 'ipv4:10.0.0.1 secondary' },
    ],
    ['a banner', { kind: 'set', key: 'banner login x', value: '' }],
    ['the end', { kind: 'set', key: 'end', value: '' }],
    ['a remark', { kind: 'set', key: '! remark', value: '' }],
    ['a removal of what is not there', { kind: 'remove', key: 'voice-port 0/0/1 > cptone' }],
  ])('refuses %s', ([, change]) => {
    expect(incremental(change)).toMatchObject({ ok: false, errors: [{ key: change.key }] });
  });

  test('refuses to add to a block that is not there', () => {
    const result = ciscoIos.patch(parsed(ciscoIos, CONFIG), [
      { kind: 'set', key: 'dial-peer voice 7 pots > port', value: '0/0/0' },
    ]);
    expect(result).toMatchObject({ ok: false, errors: [{ key: 'dial-peer voice 7 pots > port' }] });
  });

  test.for([
    ['version 15.4\nbanner motd ^C\nopen\n', 2, '"^C" at the end of the banner'],
    ['version 15.4\nbanner motd\n', 2, 'the delimiter of a banner'],
    ['version 15.4\nend\nrouter#\n', 3, 'the end of the file behind "end"'],
  ] as const)('refuses %j', ([text, line, expected]) => {
    expect(ciscoIos.parse(bytesOf(text))).toMatchObject({ ok: false, errors: [{ line, expected }] });
  });
});
