import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countHealth, detectChanges, reorder, statesDiffer } from './changes.ts';
import { STATE_FIELDS } from './columns.ts';

const HOOK = STATE_FIELDS.indexOf('hook');
const CALL = STATE_FIELDS.indexOf('call');

describe('what changed', () => {
  test.for([
    ['a column that is not reported has not changed', { hook: [0, 1] }, {}, []],
    ['the same again is no change', { hook: [0, null] }, { hook: [0, null] }, []],
    [
      'a first reading is a change from nothing',
      {},
      { hook: [0, null] },
      [{ ordinal: 0, field: HOOK, from: null, to: 0 }],
    ],
    [
      'becoming unknown is a change',
      { hook: [0, 1] },
      { hook: [0, null] },
      [{ ordinal: 1, field: HOOK, from: 1, to: null }],
    ],
    [
      'each field and port separately',
      { hook: [0, 0], call: [0, 0] },
      { hook: [0, 1], call: [4, 0] },
      [
        { ordinal: 1, field: HOOK, from: 0, to: 1 },
        { ordinal: 0, field: CALL, from: 0, to: 4 },
      ],
    ],
  ] as const)('%s', ([, previous, reported, changes]) => {
    expect(detectChanges(previous, reported)).toEqual(changes);
    expect(statesDiffer(previous, reported)).toBe(changes.length > 0);
  });

  test('applying the changes to the known state gives the reported one', () => {
    const cells = fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 6, maxLength: 6 });
    const state = fc.record({ hook: cells, fault: cells }, { requiredKeys: [] });
    fc.assert(
      fc.property(state, state, (previous, reported) => {
        const known: Record<string, (number | null)[]> = structuredClone(previous);
        for (const { ordinal, field, from, to } of detectChanges(previous, reported)) {
          const column = (known[STATE_FIELDS[field]!] ??= Array.from({ length: 6 }, () => null));
          expect(column[ordinal]).toBe(from);
          column[ordinal] = to;
        }
        for (const [field, column] of Object.entries(reported)) {
          if (column.some((cell) => cell !== null)) expect(known[field]).toEqual(column);
        }
      }),
    );
  });
});

describe('counting', () => {
  test('evaluates each port by its device, and names the worst', () => {
    const state = { hook: [0, 0, null], fault: [0, 1, null] };
    expect(countHealth(state, ['phone', 'lift-phone', 'fax'])).toMatchObject({
      total: 3,
      counts: { ok: 1, critical: 1, unknown: 1, info: 0, minor: 0, major: 0 },
      worst: 'critical',
    });
  });

  test('a gateway without ports is unknown', () => {
    expect(countHealth({}, [])).toMatchObject({ total: 0, worst: 'unknown' });
  });
});

test.for([
  ['another order', [10, 20, 30], [1, 2, 3], [3, 1, 2], [30, 10, 20]],
  ['a new port', [10], [1], [1, 2], [10, null]],
  ['a port that went', [10, 20], [1, 2], [2], [20]],
  ['nothing known', null, [1], [2], null],
] as const)('ports in %s', ([, cells, before, after, expected]) => {
  expect(reorder(cells, before, after)).toEqual(expected);
});
