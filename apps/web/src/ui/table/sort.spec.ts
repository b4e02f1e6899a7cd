import { describe, expect, test } from 'vitest';
import { nextSort, parseSort, sortRows } from './sort.ts';

describe('sorting a table', () => {
  test.for([
    [undefined, null],
    ['', null],
    ['-', null],
    ['name', { column: 'name', descending: false }],
    ['-name', { column: 'name', descending: true }],
  ] as const)('%j in the URL means %j', ([text, sort]) => {
    expect(parseSort(text)).toEqual(sort);
  });

  test('a header goes up, down, and back to the own order', () => {
    expect(nextSort(null, 'name')).toBe('name');
    expect(nextSort(parseSort('name'), 'name')).toBe('-name');
    expect(nextSort(parseSort('-name'), 'name')).toBeUndefined();
    expect(nextSort(parseSort('-name'), 'address')).toBe('address');
  });

  test('numbers inside names sort as numbers', () => {
    expect(sortRows(['GW 10', 'GW 9', 'gw 1'], (row) => row, false)).toEqual(['gw 1', 'GW 9', 'GW 10']);
  });

  test.for([false, true])('what is not known comes last (descending: %s)', (descending) => {
    const sorted = sortRows([null, 3, null, 1, 2], (row) => row, descending);
    expect(sorted.slice(3)).toEqual([null, null]);
    expect(sorted.slice(0, 3)).toEqual(descending ? [3, 2, 1] : [1, 2, 3]);
  });
});
