import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRODUCT_DEFAULTS } from '../defaults/product-defaults.ts';
import type { FieldId } from '../model/index.ts';
import { SETTING_LAYERS, type SettingEntry, type SettingLayer, type SettingLayerKind } from './layer.ts';
import { resolveSettings, settingsOf, type SettingSubject } from './resolve.ts';

const GATEWAY: SettingSubject = { port: null, variables: { 'gateway.name': 'gw1' } };
const ALARM: SettingSubject = { port: { position: 1, deviceClass: 'alarm-panel' }, variables: {} };

const entry = (field: FieldId, value: unknown, more: Partial<SettingEntry> = {}): SettingEntry => ({
  field,
  value,
  deviceClass: null,
  isSealed: false,
  author: 'ann',
  at: 5,
  ...more,
});
const layer = (kind: SettingLayerKind, entries: SettingEntry[], variables = {}): SettingLayer => ({
  kind,
  name: `the ${kind}`,
  entries,
  variables,
});
const transport = (kind: SettingLayerKind, value: unknown, more = {}) =>
  layer(kind, [entry('sip.transport', value, more)]);

describe('settings of a gateway or port', () => {
  test('come from the strongest layer, which is told with what it overrides', () => {
    const { values } = resolveSettings([transport('site', 'tls'), transport('operator', 'udp')], GATEWAY);
    const { value, origin, overrides } = values.get('sip.transport')!;
    expect([value, origin.layerName, origin.author, origin.at]).toEqual(['tls', 'the site', 'ann', 5]);
    expect(overrides.map((one) => [one.value, one.origin.layer])).toEqual([['udp', 'operator']]);
  });

  test('do not override what a layer above sealed, and say so', () => {
    const layers = [transport('operator', 'tls', { isSealed: true }), transport('gateway', 'udp')];
    const { values, problems } = resolveSettings(layers, GATEWAY);
    expect(values.get('sip.transport')?.value).toBe('tls');
    expect(problems).toEqual([
      {
        kind: 'overrides-sealed',
        field: 'sip.transport',
        layer: 'gateway',
        layerName: 'the gateway',
        detail: 'the operator sealed it',
      },
    ]);
  });

  test('management networks are sealed wherever they are set', () => {
    const networks = (kind: SettingLayerKind, value: string) =>
      layer(kind, [entry('gateway.managementNetworks', [value])]);
    const layers = [networks('operator', '192.0.2.0/24'), networks('site', '0.0.0.0/0')];
    const { values, problems } = resolveSettings(layers, GATEWAY);
    expect(values.get('gateway.managementNetworks')?.value).toEqual(['192.0.2.0/24']);
    expect(problems.map(({ kind }) => kind)).toEqual(['overrides-sealed']);
  });

  test('of a device class are stronger than those for all in the same layer, whatever their order, and sealed or not', () => {
    const entries = [
      entry('line.callWaiting', false, { deviceClass: 'alarm-panel' }),
      entry('line.callWaiting', true, { isSealed: true }),
    ];
    expect(settingsOf(resolveSettings([layer('operator', entries)], ALARM))).toEqual({ 'line.callWaiting': false });
    const phone: SettingSubject = { port: { position: 2, deviceClass: 'phone' }, variables: {} };
    expect(settingsOf(resolveSettings([layer('operator', entries)], phone))).toEqual({ 'line.callWaiting': true });
  });

  test('stop being managed where a layer says null', () => {
    const { values } = resolveSettings([transport('operator', 'tls'), transport('gateway', null)], GATEWAY);
    expect(values.get('sip.transport')?.value).toBeNull();
    expect(settingsOf({ values, problems: [] })).toEqual({});
  });

  test('have variables filled in, from the strongest layer that has them, and never twice', () => {
    const entries = [entry('gateway.hostName', '{site.code}-{gateway.name}')];
    const layers = [
      layer('operator', entries, { 'site.code': 'none' }),
      layer('site', [], { 'site.code': 'ldn{gateway.name}' }),
    ];
    const { problems } = resolveSettings(layers, GATEWAY);
    expect(problems.map(({ kind, detail }) => [kind, detail.startsWith('expected')])).toEqual([
      ['invalid-value', true],
    ]);
    const good = [layers[0]!, layer('site', [], { 'site.code': 'ldn' })];
    expect(resolveSettings(good, GATEWAY).values.get('gateway.hostName')?.value).toBe('ldn-gw1');
  });

  test.for<[SettingProblemName, SettingLayer, SettingSubject]>([
    ['unknown-variable', layer('site', [entry('gateway.hostName', '{nobody}')]), GATEWAY],
    ['invalid-value', transport('site', 'pigeon'), GATEWAY],
    ['wrong-level', transport('port', 'udp'), ALARM],
    ['wrong-level', layer('site', [entry('sip.transport', 'udp', { deviceClass: 'fax' })]), GATEWAY],
  ])('%s is a problem, and the weaker value holds', ([kind, bad, subject]) => {
    const weaker = layer('operator', [
      entry('sip.transport', 'tls'),
      entry('gateway.hostName', 'old'),
      entry('line.callWaiting', true),
    ]);
    const before = settingsOf(resolveSettings([weaker], subject));
    const { values, problems } = resolveSettings([weaker, bad], subject);
    expect(problems.map((one) => one.kind)).toEqual([kind]);
    expect(settingsOf({ values, problems })).toEqual(before);
  });

  test('whatever the order of layers, the strongest that sets a field wins', () => {
    const kinds = fc.uniqueArray(fc.constantFrom(...SETTING_LAYERS.slice(0, -1)), { minLength: 1 });
    fc.assert(
      fc.property(kinds, (present) => {
        const strongest = present.toSorted((a, b) => SETTING_LAYERS.indexOf(b) - SETTING_LAYERS.indexOf(a))[0];
        const { values, problems } = resolveSettings(
          present.map((kind) => transport(kind, 'tcp')),
          GATEWAY,
        );
        expect(problems).toEqual([]);
        expect(values.get('sip.transport')?.origin.layer).toBe(strongest);
        expect(values.get('sip.transport')?.overrides).toHaveLength(present.length - 1);
      }),
    );
  });

  test('no product default is invalid, and an alarm panel is not given call waiting', () => {
    const { values, problems } = resolveSettings([PRODUCT_DEFAULTS], ALARM);
    expect(problems).toEqual([]);
    expect(settingsOf({ values, problems })).toMatchObject({
      'line.callWaiting': false,
      'line.modem': 'pass-through',
    });
  });
});

type SettingProblemName = 'unknown-variable' | 'invalid-value' | 'wrong-level';
