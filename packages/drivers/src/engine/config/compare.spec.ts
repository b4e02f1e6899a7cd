import { describe, expect, test } from 'vitest';
import { grandstreamHt } from '../../vendors/grandstream/grandstream.driver.ts';
import type { ReadSetting } from '../slices/config.ts';
import { compareConfig, readConfig, renderConfig } from './index.ts';

const unit = { model: 'HT802', firmware: null };
const plain = (texts: Record<string, string>): Map<string, ReadSetting> =>
  new Map(Object.entries(texts).map(([key, value]) => [key, { value, secret: 'none' }]));
const { written } = renderConfig(grandstreamHt, unit, {
  gateway: { 'sip.registerExpirySeconds': 3600, 'gateway.adminPassword': 'a.b-12345', 'sip.transport': 'tls' },
  ports: [{ position: 1, settings: { 'line.currentDisconnectMs': 500, 'line.callWaiting': false } }],
});

describe('comparing with what a gateway has', () => {
  test('tells equal, different and cannot-tell apart', () => {
    const settings = plain({ P32: '060', P732: '60', P130: '2', P830: '0', P892: '1', P856: '200' });
    const found = compareConfig(grandstreamHt, unit, written, { settings });
    expect(found).toEqual([
      { field: 'sip.transport', position: 1, state: 'equal', reason: null },
      { field: 'sip.transport', position: 2, state: 'different', reason: 'P830 is "0" instead of "2"' },
      { field: 'sip.registerExpirySeconds', position: 1, state: 'equal', reason: null },
      { field: 'sip.registerExpirySeconds', position: 2, state: 'equal', reason: null },
      { field: 'line.currentDisconnectMs', position: 1, state: 'different', reason: 'P856 is "200" instead of "500"' },
      {
        field: 'line.callWaiting',
        position: 1,
        state: 'cannot-tell',
        reason: expect.stringContaining('does not list'),
      },
      {
        field: 'gateway.adminPassword',
        position: null,
        state: 'cannot-tell',
        reason: expect.stringContaining('not show'),
      },
    ]);
  });

  test('tells words in another case and other forms of a number from texts that only look alike', () => {
    const rendered = renderConfig(grandstreamHt, unit, {
      gateway: { 'sip.registerExpirySeconds': 3600 },
      ports: [{ position: 1, settings: { 'port.extension': '0101', 'port.displayName': 'Room 1' } }],
    });
    const settings = plain({ P32: '060', P732: ' 60', P35: '101', P3: 'room 1' });
    const states = compareConfig(grandstreamHt, unit, rendered.written, { settings }).map(({ state }) => state);
    expect(states).toEqual(['equal', 'equal', 'different', 'different']);
  });

  test.for<[string, ReadSetting | null, string | null, string]>([
    ['the readable secret that is wanted', { value: 'a.b-12345', secret: 'plain' }, null, 'equal'],
    ['another readable secret', { value: 'other', secret: 'plain' }, '<a.b-12345>', 'different'],
    ['a masked one, as last written', { value: null, secret: 'masked' }, '<a.b-12345>', 'equal'],
    ['a scrambled one, where another was written last', { value: '$1$x', secret: 'opaque' }, '<old>', 'different'],
    ['none, and none was written', null, null, 'cannot-tell'],
  ])('of a secret: %s', ([, read, hash, state]) => {
    const settings = new Map(read === null ? [] : [['P2', read]]);
    const hashes = new Map(hash === null ? [] : [['P2', hash]]);
    const secrets = { hashes, hashOf: (value: string) => `<${value}>` };
    const found = compareConfig(grandstreamHt, unit, written, { settings, secrets });
    const password = found.find(({ field }) => field === 'gateway.adminPassword');
    expect(password?.state).toBe(state);
    expect(password?.reason ?? '').not.toContain('a.b-12345');
  });
});

describe('taking a gateway over', () => {
  test('takes what it can write again, and keeps every other key', () => {
    const settings = plain({
      P47: 'sip.example.net',
      P747: 'sip.example.net:5080',
      P130: '1',
      P830: '1',
      P35: '2001',
      P735: '',
      P850: '101',
      P851: '100',
      P852: '102',
      P860: '101',
      P861: '100',
      P862: '102',
      P853: '12',
      P854: '5',
      P4200: '{ x+ | *x+ }',
      P85: '4',
      P72: '1',
      P9999: 'foreign',
    });
    const read = readConfig(grandstreamHt, unit, settings);
    if ('refused' in read) throw new Error(read.refused);
    expect(read.gateway).toEqual({ 'sip.transport': 'tcp' });
    expect(read.ports).toEqual([
      {
        position: 1,
        settings: { 'port.extension': '2001' },
        dialPlan: { language: 'grandstream', dialPlan: '{ x+ | *x+ }', noKeyEntryTimeoutS: 4, hashSends: true },
      },
      { position: 2, settings: {}, dialPlan: null },
    ]);
    expect(read.kept).toEqual([
      'P47',
      'P747',
      'P735',
      'P850',
      'P851',
      'P852',
      'P860',
      'P861',
      'P862',
      'P853',
      'P854',
      'P9999',
    ]);
    expect(read.unread.map(({ field, reason }) => [field, reason.slice(0, 15)])).toEqual([
      ['sip.registrars', 'its ports or pr'],
      ['sip.proxies', 'its ports or pr'],
      ['line.impedance', '5 is no value o'],
      ['line.callerIdStandard', '12 is no value '],
      ['line.callerIdMoment', '12 is no value '],
      ['media.dtmf', 'it says more th'],
    ]);
  });

  test('refuses an unknown model', () => {
    expect(readConfig(grandstreamHt, { model: null, firmware: null }, new Map())).toHaveProperty('refused');
  });
});
