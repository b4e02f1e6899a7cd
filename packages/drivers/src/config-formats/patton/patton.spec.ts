import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, valuesOf } from '../../testing/config-format-checks.ts';
import type { ConfigChange } from '../format.ts';
import { pattonSmartware, pattonTrinity } from './patton.ts';

const SMARTWARE = `#--------------#
# SN4118/JS/EUI #
# R6.2 2012-05-30 H323 SIP #
# SN/00A0BA012345 #
#--------------#
cli version 3.20
clock local offset +02:00

profile call-progress-tone DIAL
  play 1 200 425 -12
  pause 2 200

context cs switch

  routing-table called-e164 IN
    route 2001 dest-interface fxs-00

  interface fxs fxs-00
    route call dest-table OUT
    no call-waiting
    subscriber-number 2001

context cs switch
  no shutdown

authentication-service AUTH
  username 2001 password secret

location-service LOC
  domain 1 10.0.0.10

  identity 2001

    registration outbound
      register auto

context sip-gateway GW

  interface IF
    bind interface eth0 context router port 5060

context sip-gateway GW
  bind location-service LOC
  no shutdown

port fxs 0 0
  encapsulation cc-fxs
  no shutdown
`;

const TRINITY = `cli version 4.00

profile fxo DEFAULT
  electrical-standard etsi
  disconnect-signal polarity-reversal
  disconnect-signal busy-tone

context cs SWITCH

  service hunt-group A
    drop-cause user-busy
    route call 1 dest-interface IF_0

   service hunt-group B
    drop-cause user-busy
    route call 1 dest-interface IF_1

context sip-gateway GW

  interface IF
    no transport-protocol udp+tcp
    transport-protocol tls 5061
`;

const isIn = (container: string, key: string) => key.startsWith(`${container} > `);

describe('Patton SmartWare', () => {
  checkFormat(pattonSmartware, {
    text: SMARTWARE,
    newKeys: [
      'context cs switch > interface fxs fxs-00 > caller-id-presentation',
      'context cs switch > interface fxs fxs-01',
      'port fxs 0 1',
      'profile pstn default',
      'context sip-gateway GW > shutdown',
    ],
    containers: [
      'context cs switch',
      'context cs switch > interface fxs fxs-00',
      'port fxs 0 0',
      'authentication-service AUTH',
    ],
    isIn,
  });

  test('reads blocks that begin twice as one, without calling them duplicates', () => {
    const document = parsed(pattonSmartware, SMARTWARE);
    expect(valuesOf(pattonSmartware, document)).toMatchObject({
      'clock local offset': '+02:00',
      'profile call-progress-tone DIAL > play 1': '200 425 -12',
      'context cs switch': '',
      'context cs switch > shutdown': 'no',
      'context cs switch > routing-table called-e164 IN > route 2001': 'dest-interface fxs-00',
      'context cs switch > interface fxs fxs-00 > call-waiting': 'no',
      'context cs switch > interface fxs fxs-00 > subscriber-number': '2001',
      'authentication-service AUTH > username 2001': 'password secret',
      'location-service LOC > identity 2001 > registration outbound > register': 'auto',
      'context sip-gateway GW > interface IF > bind interface': 'eth0 context router port 5060',
      'context sip-gateway GW > shutdown': 'no',
      'port fxs 0 0 > encapsulation': 'cc-fxs',
    });
    expect(document.notes).toEqual([]);
    const secret = pattonSmartware.settings(document).get('authentication-service AUTH > username 2001')?.secret;
    expect(secret).toBe('plain');
    expect(pattonSmartware.evidence(document)).toEqual({
      model: 'SN4118/JS/EUI',
      serial: '00A0BA012345',
      version: 'R6.2',
      mac: '00a0ba012345',
      hostName: null,
    });
  });

  test('adds a port with all that belongs to it, each in its place', () => {
    const text = patchedText(pattonSmartware, SMARTWARE, [
      {
        kind: 'set',
        key: 'context cs switch > routing-table called-e164 IN > route 2002',
        value: 'dest-interface fxs-01',
      },
      { kind: 'set', key: 'context cs switch > interface fxs fxs-01', value: '' },
      { kind: 'set', key: 'context cs switch > interface fxs fxs-01 > subscriber-number', value: '2002' },
      { kind: 'set', key: 'authentication-service AUTH > username 2002', value: 'password other' },
      { kind: 'set', key: 'port fxs 0 1', value: '' },
      { kind: 'set', key: 'port fxs 0 1 > bind interface', value: 'fxs-01 switch' },
      { kind: 'set', key: 'port fxs 0 1 > shutdown', value: 'no' },
      { kind: 'set', key: 'port fxs 0 0 > bind interface', value: 'fxs-00 switch' },
      { kind: 'set', key: 'profile pstn default', value: '' },
    ]);
    expect(text).toBe(
      SMARTWARE.replace('dest-interface fxs-00\n', 'dest-interface fxs-00\n    route 2002 dest-interface fxs-01\n')
        .replace(
          'subscriber-number 2001\n',
          'subscriber-number 2001\n  interface fxs fxs-01\n    subscriber-number 2002\n',
        )
        .replace('password secret\n', 'password secret\n  username 2002 password other\n')
        .replace('cc-fxs\n', 'cc-fxs\n  bind interface fxs-00 switch\n')
        .replace('  pause 2 200\n\n', '  pause 2 200\n\nprofile pstn default\n')
        .concat('port fxs 0 1\n  bind interface fxs-01 switch\n  no shutdown\n\n'),
    );
  });

  test('writes commands for a merge, each in its block', () => {
    const made = pattonSmartware.incremental?.(
      [
        { kind: 'set', key: 'context cs switch > interface fxs fxs-00 > subscriber-number', value: '3001' },
        { kind: 'remove', key: 'context cs switch > interface fxs fxs-00 > route call' },
        { kind: 'remove', key: 'authentication-service AUTH > username 2001' },
      ],
      { document: parsed(pattonSmartware, SMARTWARE) },
    );
    expect(made).toEqual({
      ok: true,
      text: [
        'cli version 3.20',
        'context cs switch',
        '  interface fxs fxs-00',
        '    subscriber-number 3001',
        '    no route call dest-table OUT',
        'authentication-service AUTH',
        '  no username 2001 password secret',
        '',
      ].join('\n'),
    });
  });

  test.for<[string, ConfigChange]>([
    ['a negation that no command undoes', { kind: 'remove', key: 'context cs switch > shutdown' }],
    ['the version of the command line', { kind: 'set', key: 'cli version 4.00', value: '' }],
    ['a remark', { kind: 'set', key: '# remark', value: '' }],
  ])('refuses %s', ([, change]) => {
    const made = pattonSmartware.incremental?.([change], { document: parsed(pattonSmartware, SMARTWARE) });
    expect(made).toMatchObject({ ok: false, errors: [{ key: change.key }] });
  });
});

describe('Patton Trinity', () => {
  checkFormat(pattonTrinity, {
    text: TRINITY.replace('   service hunt-group B', '  service hunt-group B'),
    newKeys: [
      'profile fxo DEFAULT > caller-id standard',
      'context sip-gateway GW > interface IF > transport-protocol tcp',
    ],
    containers: ['context cs SWITCH > service hunt-group A', 'profile fxo DEFAULT'],
    isIn,
  });

  test('finds the block of a command by its indentation, also where a person indented it otherwise', () => {
    const document = parsed(pattonTrinity, TRINITY);
    const values = valuesOf(pattonTrinity, document);
    expect(values['context cs SWITCH > service hunt-group B > route call 1']).toBe('dest-interface IF_1');
    expect(values['profile fxo DEFAULT > disconnect-signal busy-tone']).toBe('');
    expect(values['context sip-gateway GW > interface IF > transport-protocol udp+tcp']).toBe('no');
    expect(values['context sip-gateway GW > interface IF > transport-protocol tls']).toBe('5061');
    expect(document.notes.map(({ kind, line }) => [kind, line])).toEqual([['irregular-indentation', 14]]);
  });

  test('refuses a change by which another block would move because of its indentation', () => {
    const block = 'context cs SWITCH > service hunt-group A';
    const result = pattonTrinity.patch(parsed(pattonTrinity, TRINITY), [
      { kind: 'remove', key: `${block} > drop-cause user-busy` },
      { kind: 'remove', key: `${block} > route call 1` },
    ]);
    expect(result).toMatchObject({ ok: false, errors: [{ key: 'context cs SWITCH > service hunt-group B' }] });
  });

  test('is another format than SmartWare', () => {
    expect(pattonTrinity.parse(bytesOf(SMARTWARE))).toMatchObject({
      ok: false,
      errors: [{ line: 6, found: 'a Patton SmartWare configuration (cli version 3)' }],
    });
  });
});
