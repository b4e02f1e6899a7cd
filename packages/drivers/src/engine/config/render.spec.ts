import type { Settings } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { grandstreamGxw, grandstreamHt } from '../../vendors/grandstream/grandstream.driver.ts';
import { ownedKeys, renderConfig, type PortWish, type RenderedConfig } from './index.ts';

const gxw = { model: 'GXW4224', firmware: null };
const gxw48 = { model: 'GXW4248', firmware: null };
const ht802 = { model: 'HT802', firmware: null };
const port = (position: number, settings: Settings): PortWish => ({ position, settings });
const values = ({ changes }: RenderedConfig) =>
  Object.fromEntries(changes.map((change) => [change.key, change.kind === 'set' ? change.value : null]));
const none = { gateway: {}, ports: [] };

describe('writing a configuration', () => {
  test('writes what is asked for in the order of the model, and nothing else', () => {
    const rendered = renderConfig(grandstreamGxw, gxw, {
      gateway: { 'gateway.hostName': 'gw-1', 'sip.registerExpirySeconds': 3600, 'network.vlanId': 12 },
      ports: [
        port(2, { 'port.extension': '2002' }),
        port(1, { 'port.extension': '2001', 'port.password': 'a.b-1234' }),
      ],
    });
    expect(rendered.refusals).toEqual([]);
    expect(rendered.notVerified).toEqual([]);
    expect(rendered.changes).toEqual([
      ...['P32', 'P732', 'P532', 'P612'].map((key) => ({ kind: 'set', key, value: '60', isSecret: false })),
      { kind: 'set', key: 'P51', value: '12', isSecret: false },
      { kind: 'set', key: 'P4060', value: '2001', isSecret: false },
      { kind: 'set', key: 'P4061', value: '2002', isSecret: false },
      { kind: 'set', key: 'P4120', value: 'a.b-1234', isSecret: true },
      { kind: 'set', key: 'P146', value: 'gw-1', isSecret: false },
      { kind: 'set', key: 'P271', value: '1', isSecret: false },
      { kind: 'set', key: 'P4150', value: '0', isSecret: false },
      { kind: 'set', key: 'P4151', value: '0', isSecret: false },
    ]);
    expect(rendered.cost).toBe('may-lose-management');
  });

  test('a setting of the gateway goes to the profiles in use once every port has one', () => {
    const ports = Array.from({ length: 24 }, (_, at) => port(at + 1, { 'line.callWaiting': at !== 3 }));
    const rendered = renderConfig(grandstreamGxw, gxw, { gateway: { 'sip.transport': 'tls' }, ports });
    expect(values(rendered)).toMatchObject({ P130: '2', P830: '2', P91: '0', P791: '1', P4150: '0', P4153: '1' });
    expect(values(rendered)).not.toHaveProperty('P530');
  });

  test('puts ports with the same line settings on one profile, and names the ports where there are too few', () => {
    const ports = [
      port(1, { 'line.callWaiting': true }),
      port(2, { 'line.callWaiting': false }),
      port(3, { 'line.callWaiting': true }),
      port(4, { 'line.callWaiting': true, 'line.impedance': 'etsi' }),
    ];
    const ht814 = { model: 'HT814', firmware: null };
    expect(values(renderConfig(grandstreamHt, ht814, { gateway: {}, ports: ports.slice(0, 3) }))).toEqual({
      P91: '0',
      P791: '1',
      P271: '1',
      P401: '1',
      P4150: '0',
      P4151: '1',
      P4152: '0',
    });
    expect(renderConfig(grandstreamHt, ht814, { gateway: {}, ports })).toMatchObject({
      changes: [],
      refusals: [{ field: null, position: null, reason: expect.stringContaining('(ports 1 and 3; port 2; port 4)') }],
    });
  });

  test('takes the keys of high ports from the table', () => {
    const ports = [30, 31, 32, 33, 48].map((position) => port(position, { 'port.displayName': `Room ${position}` }));
    expect(values(renderConfig(grandstreamGxw, gxw48, { gateway: {}, ports }))).toMatchObject({
      P4261: 'Room 30',
      P4262: 'Room 31',
      P4263: 'Room 32',
      P21192: 'Room 33',
      P21207: 'Room 48',
    });
  });

  test('models of one vendor with two meanings of one code do not share a table', () => {
    const ports = [port(1, { 'line.impedance': 'united-kingdom' })];
    expect(values(renderConfig(grandstreamHt, ht802, { gateway: {}, ports })).P854).toBe('10');
    expect(values(renderConfig(grandstreamGxw, gxw, { gateway: {}, ports })).P854).toBe('12');
  });

  test.for<[string, Settings, Settings, string | null, RegExp]>([
    ['a value that the gateway cannot have', {}, { 'line.impedance': 'etsi' }, 'line.impedance', /600-ohm.*only/],
    [
      'a time between two of its steps',
      { 'sip.registerExpirySeconds': 90 },
      {},
      'sip.registerExpirySeconds',
      /multiple of 60/,
    ],
    ['a time out of its range', { 'sip.natKeepAliveSeconds': 5 }, {}, 'sip.natKeepAliveSeconds', /10 to 160/],
    [
      'packet times that differ',
      {
        'media.codecs': [
          { codec: 'PCMA', ptimeMs: 20 },
          { codec: 'PCMU', ptimeMs: 10 },
        ],
      },
      {},
      'media.codecs',
      /same packet time/,
    ],
    ['a codec without a code', { 'media.codecs': [{ codec: 'opus', ptimeMs: 20 }] }, {}, 'media.codecs', /not opus/],
    ['letters beyond ASCII', {}, { 'port.displayName': 'Café' }, 'port.displayName', /ASCII/],
    ['a value that is none of the model', {}, { 'port.extension': '20"01' }, 'port.extension', /letters, digits/],
    [
      'two settings of one key that differ',
      { 'sip.registrars': [{ host: 'a.example', port: null }], 'sip.proxies': [{ host: 'b.example', port: null }] },
      {},
      'sip.proxies',
      /one value for it and sip.registrars/,
    ],
    [
      'a standard without its moment',
      {},
      { 'line.callerIdStandard': 'etsi-fsk' },
      'line.callerIdStandard',
      /standard and the moment/,
    ],
    ['a port that is not there', {}, {}, null, /24 ports/],
  ])('refuses %s', ([, gateway, settings, field, reason]) => {
    const position = field === null ? 25 : 1;
    const { refusals } = renderConfig(grandstreamGxw, gxw, { gateway, ports: [port(position, settings)] });
    expect(refusals[0]).toMatchObject({ field });
    expect(refusals[0]?.reason).toMatch(reason);
  });

  test('refuses models that no file shows, and an unknown one', () => {
    expect(renderConfig(grandstreamHt, { model: 'HT999', firmware: null }, none).refusals).toEqual([
      { field: null, position: null, reason: 'how Grandstream HT999 writes its configuration is not verified' },
    ]);
    expect(renderConfig(grandstreamHt, { model: null, firmware: null }, none).refusals).toHaveLength(1);
  });

  test('leaves what is not verified, and says why', () => {
    const { changes, notVerified } = renderConfig(grandstreamHt, ht802, {
      gateway: { 'qos.rtpDscp': 46 },
      ports: [port(1, { 'line.messageWaiting': 'none' })],
    });
    expect(changes).toEqual([]);
    expect(notVerified.map(({ field, position }) => [field, position])).toEqual([
      ['qos.rtpDscp', null],
      ['line.messageWaiting', 1],
    ]);
  });

  test('owns every key that it can write', () => {
    expect(ownedKeys(grandstreamGxw, gxw)).toContain('P4143');
    expect(ownedKeys(grandstreamGxw, gxw)).not.toContain('P21000');
    expect(ownedKeys(grandstreamHt, ht802)).toContain('P735');
  });
});
