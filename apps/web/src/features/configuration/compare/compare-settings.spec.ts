import type { EffectiveConfig } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { compareGateways } from './compare-settings.ts';

type Setting = EffectiveConfig['settings'][number];

function setting(field: string, value: unknown, more: Partial<Setting> = {}, origin: object = {}): Setting {
  return {
    field,
    value: value as never,
    isSecret: false,
    isManaged: value !== null,
    origin: {
      layer: 'site',
      layerName: 'Quay',
      deviceClass: null,
      author: 'Ann',
      at: null,
      isSealed: false,
      ...origin,
    },
    overrides: [],
    ...more,
  };
}
const port = (position: number, ...settings: Setting[]) => ({
  position,
  label: null,
  number: null,
  deviceClass: 'phone' as const,
  settings,
});
const config = (settings: Setting[], ports: EffectiveConfig['ports'] = []): EffectiveConfig => ({
  gateway: {} as never,
  revision: 1,
  confirmedRevision: null,
  settings,
  ports,
  problems: [],
});
const SECRET = { isSecret: true };
const IS_SET = { isSet: true };

describe('two gateways', () => {
  test('are compared setting by setting, whichever has them', () => {
    const [whole] = compareGateways(
      config([setting('sip.transport', 'udp'), setting('media.dtmf', 'in-band'), setting('sip.srtp', 'off')]),
      config([setting('sip.transport', 'tls'), setting('media.dtmf', 'in-band')]),
    );
    expect(whole!.settings.map(({ field, sameness }) => [field, sameness])).toEqual([
      ['sip.transport', 'different'],
      ['media.dtmf', 'same'],
      ['sip.srtp', 'different'],
    ]);
  });

  test('that both leave a setting alone are the same there, however they do it', () => {
    const [whole] = compareGateways(config([setting('sip.srtp', null)]), config([]));
    expect(whole!.settings[0]!.sameness).toBe('same');
  });

  test('are compared port by port, and a port that one of them lacks is there', () => {
    const parts = compareGateways(
      config([], [port(1, setting('port.extension', '2001')), port(2)]),
      config([], [port(1, setting('port.extension', '3001'))]),
    );
    expect(parts.map(({ position, one, other }) => [position, one !== null, other !== null])).toEqual([
      [null, false, false],
      [1, true, true],
      [2, true, false],
    ]);
    expect(parts[1]!.settings[0]!.sameness).toBe('different');
  });

  test.for<[string, Setting, Setting, string]>([
    ['set and not set', setting('port.password', IS_SET, SECRET), setting('port.password', null, SECRET), 'different'],
    [
      'of one entry of their site',
      setting('port.password', IS_SET, SECRET),
      setting('port.password', IS_SET, SECRET),
      'same',
    ],
    [
      'of an entry each',
      setting('port.password', IS_SET, SECRET, { layer: 'port', layerName: 'a' }),
      setting('port.password', IS_SET, SECRET, { layer: 'port', layerName: 'a' }),
      'unknown',
    ],
    [
      'of two sites',
      setting('port.password', IS_SET, SECRET),
      setting('port.password', IS_SET, SECRET, { layerName: 'Pier' }),
      'unknown',
    ],
  ])('with secrets %s', ([, a, b, expected]) => {
    const parts = compareGateways(config([], [port(1, a)]), config([], [port(1, b)]));
    expect(parts[1]!.settings[0]!.sameness).toBe(expected);
  });
});
