import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FieldId, resolveSettings, type SettingEntry, type SettingLayer } from '../../telephony/index.ts';
import { sameValue } from '../review/index.ts';
import { type ImportEdit, type ImportedValue, leaveAlone, planImport, type ResolveWith } from './index.ts';

const entry = (field: FieldId, value: unknown, more: Partial<SettingEntry> = {}): SettingEntry => ({
  field,
  value,
  deviceClass: null,
  isSealed: false,
  author: 'ann',
  at: 1,
  ...more,
});
const layer = (kind: SettingLayer['kind'], entries: SettingEntry[]): SettingLayer => ({
  kind,
  name: `the ${kind}`,
  entries,
  variables: {},
});

/** Layers of a gateway with telephones on its ports; port 2 has a lift telephone. */
function resolverOf(layers: readonly SettingLayer[], positions = [1, 2]): ResolveWith {
  return (edits) => {
    const at = (position: number | null) =>
      edits.filter((edit) => edit.position === position).map(({ field, value }) => entry(field, value));
    const whole = [...layers, layer('gateway', at(null))];
    return {
      gateway: resolveSettings(whole, { port: null, variables: {} }),
      ports: new Map(
        positions.map((position) => [
          position,
          resolveSettings([...whole, layer('port', at(position))], {
            port: { position, deviceClass: position === 2 ? 'lift-phone' : 'phone' },
            variables: {},
          }),
        ]),
      ),
    };
  };
}
const isSame = (_field: FieldId, a: unknown, b: unknown) => sameValue(a, b);
const found = (field: FieldId, position: number | null, value: unknown): ImportedValue => ({ field, position, value });
const short = ({ field, position, action, value }: ImportEdit) => [field, position, action, value];

describe('an import', () => {
  test.for<[string, SettingLayer[], ImportedValue[], unknown[]]>([
    ['of a setting of the gateway', [], [found('sip.transport', null, 'tls')], [['sip.transport', null, 'set', 'tls']]],
    [
      'of what a layer gives',
      [layer('operator', [entry('sip.transport', 'tls')])],
      [found('sip.transport', null, 'tls')],
      [],
    ],
    [
      'of another value than a layer gives',
      [layer('operator', [entry('sip.transport', 'udp')])],
      [found('sip.transport', null, 'tls')],
      [['sip.transport', null, 'set', 'tls']],
    ],
    [
      'of what all ports have',
      [],
      [found('line.callWaiting', 1, true), found('line.callWaiting', 2, true)],
      [['line.callWaiting', null, 'set', true]],
    ],
    [
      'of what all ports have, and a layer gives one of them',
      [layer('site', [entry('line.callWaiting', true, { deviceClass: 'lift-phone' })])],
      [found('line.callWaiting', 1, true), found('line.callWaiting', 2, true)],
      [['line.callWaiting', null, 'set', true]],
    ],
    [
      'of what ports have differently',
      [],
      [found('line.callWaiting', 1, true), found('line.callWaiting', 2, false)],
      [
        ['line.callWaiting', 1, 'set', true],
        ['line.callWaiting', 2, 'set', false],
      ],
    ],
    ['of what one port has', [], [found('line.callWaiting', 1, true)], [['line.callWaiting', 1, 'set', true]]],
    [
      'of an account that two ports have',
      [],
      [found('port.displayName', 1, 'A'), found('port.displayName', 2, 'A')],
      [
        ['port.displayName', 1, 'set', 'A'],
        ['port.displayName', 2, 'set', 'A'],
      ],
    ],
  ])('%s', ([, layers, values, edits]) => {
    const plan = planImport(values, resolverOf(layers), isSame);
    expect(plan.edits.map(short)).toEqual(edits);
    expect(plan.blocked).toEqual([]);
    expect(plan.given).toHaveLength(edits.length === 0 ? values.length : plan.given.length);
  });

  test('names what was sealed above', () => {
    const layers = [layer('customer', [entry('sip.transport', 'udp', { isSealed: true })])];
    const plan = planImport([found('sip.transport', null, 'tls')], resolverOf(layers), isSame);
    expect(plan.edits).toEqual([]);
    expect(plan.blocked).toEqual([
      expect.objectContaining({ field: 'sip.transport', reason: 'the customer sealed it' }),
    ]);
  });

  test('names lines that are not known', () => {
    const plan = planImport([found('port.extension', 9, '2009')], resolverOf([]), isSame);
    expect(plan).toMatchObject({ edits: [], blocked: [{ position: 9 }] });
  });

  const values = fc.uniqueArray(
    fc.oneof(
      fc.record({
        field: fc.constantFrom<FieldId>('sip.transport'),
        position: fc.constant(null),
        value: fc.constantFrom('udp', 'tls'),
      }),
      fc.record({
        field: fc.constantFrom<FieldId>('line.callWaiting', 'line.pulseDialling'),
        position: fc.constantFrom(1, 2, 3),
        value: fc.boolean(),
      }),
    ),
    { selector: ({ field, position }) => `${field} ${position}` },
  );
  const entries = fc.array(
    fc.record({
      kind: fc.constantFrom<SettingLayer['kind']>('operator', 'site'),
      field: fc.constantFrom<FieldId>('line.callWaiting', 'line.pulseDialling'),
      value: fc.boolean(),
      deviceClass: fc.constantFrom(null, 'lift-phone' as const),
      isSealed: fc.boolean(),
    }),
    { maxLength: 5 },
  );

  test('gives what was found, or says why not; and once more there is nothing to do', () => {
    fc.assert(
      fc.property(values, entries, (some, made) => {
        const layers = (['operator', 'site'] as const).map((kind) =>
          layer(
            kind,
            made.filter((one) => one.kind === kind).map(({ field, value, ...more }) => entry(field, value, more)),
          ),
        );
        const resolve = resolverOf(layers, [1, 2, 3]);
        const plan = planImport(some, resolve, isSame);
        const after = resolve(plan.edits);
        for (const { field, position, value } of some) {
          const is = (position === null ? after.gateway : after.ports.get(position)!).values.get(field)?.value;
          const isBlocked = plan.blocked.some((one) => one.field === field && one.position === position);
          expect(is === value).toBe(!isBlocked);
        }
        const again = planImport(some, (edits) => resolve([...plan.edits, ...edits]), isSame);
        expect(again.edits).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what was not found', () => {
  const off = layer('product-default', [entry('line.callWaiting', false, { deviceClass: 'lift-phone' })]);
  test.for<[string, SettingLayer[], Parameters<typeof leaveAlone>[0], unknown[]]>([
    [
      'is left alone at its port',
      [off],
      [{ field: 'line.callWaiting', position: 2 }],
      [['line.callWaiting', 2, 'unmanage', null]],
    ],
    [
      'of a profile is left alone where it is set',
      [off],
      [{ field: 'line.callWaiting', position: null }],
      [['line.callWaiting', 2, 'unmanage', null]],
    ],
    [
      'of all ports is left alone once',
      [layer('operator', [entry('line.callWaiting', false)])],
      [{ field: 'line.callWaiting', position: null }],
      [['line.callWaiting', null, 'unmanage', null]],
    ],
    [
      'of the gateway is left alone',
      [layer('operator', [entry('sip.transport', 'udp')])],
      [{ field: 'sip.transport', position: null }],
      [['sip.transport', null, 'unmanage', null]],
    ],
    [
      'of the gateway, which is written for each port, is left alone once',
      [layer('operator', [entry('sip.transport', 'udp')])],
      [
        { field: 'sip.transport', position: 1 },
        { field: 'sip.transport', position: 2 },
      ],
      [['sip.transport', null, 'unmanage', null]],
    ],
    [
      'stays where it is sealed',
      [layer('operator', [entry('sip.transport', 'udp', { isSealed: true })])],
      [{ field: 'sip.transport', position: null }],
      [],
    ],
  ])('%s', ([, layers, differing, edits]) => {
    expect(leaveAlone(differing, [], resolverOf(layers)).map(short)).toEqual(edits);
  });
});
