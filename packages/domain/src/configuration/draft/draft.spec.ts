import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConfigEntry, entryKey } from '../entries/index.ts';
import { applyEdits, type ConfigEdit, isStale, unseen } from './index.ts';

const entry = (name: string, value: unknown, more: Partial<ConfigEntry> = {}): ConfigEntry => ({
  id: `e-${name}`,
  place: { layer: 'operator' },
  kind: 'setting',
  name,
  deviceClass: null,
  value,
  isSealed: false,
  author: 'ann',
  at: 1,
  ...more,
});
const edit = (name: string, action: ConfigEdit['action'], value: unknown = null, at = 2): ConfigEdit => ({
  ...entry(name, value, { id: `d-${name}-${at}`, at }),
  action,
  baseId: null,
});
const valuesOf = (entries: readonly ConfigEntry[]) => entries.map(({ name, value }) => [name, value]);

describe('edits', () => {
  const before = [entry('sip.transport', 'udp'), entry('sip.srtp', 'off')];
  test.for<[string, ConfigEdit[], unknown[][]]>([
    [
      'set',
      [edit('sip.transport', 'set', 'tls')],
      [
        ['sip.transport', 'tls'],
        ['sip.srtp', 'off'],
      ],
    ],
    [
      'add',
      [edit('sip.nat', 'set', 'stun')],
      [
        ['sip.transport', 'udp'],
        ['sip.srtp', 'off'],
        ['sip.nat', 'stun'],
      ],
    ],
    [
      'leave what the gateway has',
      [edit('sip.srtp', 'unmanage', 'ignored')],
      [
        ['sip.transport', 'udp'],
        ['sip.srtp', null],
      ],
    ],
    ['remove', [edit('sip.srtp', 'reset')], [['sip.transport', 'udp']]],
    [
      'the later one holds',
      [edit('sip.srtp', 'set', 'b', 9), edit('sip.srtp', 'set', 'a', 3)],
      [
        ['sip.transport', 'udp'],
        ['sip.srtp', 'b'],
      ],
    ],
  ])('%s', ([, edits, after]) => {
    expect(valuesOf(applyEdits(before, edits))).toEqual(after);
  });

  test('whatever they are, leave one entry for each key, and twice is once', () => {
    const some = fc
      .tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom('set' as const, 'reset' as const, 'unmanage' as const),
        fc.nat(9),
      )
      .map(([name, action, at]) => edit(name, action, at, at));
    fc.assert(
      fc.property(fc.array(some), (edits) => {
        const after = applyEdits(before, edits);
        expect(new Set(after.map(entryKey)).size).toBe(after.length);
        expect(applyEdits(after, edits)).toEqual(expect.arrayContaining(after));
      }),
      { numRuns: 100 },
    );
  });
});

describe('an author', () => {
  const there = { id: 'x', author: 'bea', at: 5 };
  test.for<[string, string | null, Parameters<typeof unseen>[1], string | null]>([
    ['saw the entry', 'x', { edit: null, entry: there }, null],
    ['saw the edit that stands before it', 'y', { edit: { ...there, id: 'y' }, entry: there }, null],
    ['saw the entry, but not the edit', 'x', { edit: { ...there, id: 'y' }, entry: there }, 'y'],
    ['saw nothing, and there is something', null, { edit: null, entry: there }, 'x'],
    ['saw nothing, and there is nothing', null, { edit: null, entry: null }, null],
    ['saw what is gone', 'x', { edit: null, entry: null }, 'x'],
  ])('%s', ([, sees, standing, other]) => {
    expect(unseen(sees, standing)?.id ?? null).toBe(other);
  });

  test('edits what another revision replaced', () => {
    expect(isStale({ baseId: 'x' }, { id: 'x' })).toBe(false);
    expect(isStale({ baseId: 'x' }, { id: 'y' })).toBe(true);
    expect(isStale({ baseId: null }, { id: 'y' })).toBe(true);
    expect(isStale({ baseId: 'x' }, null)).toBe(true);
  });
});
