import { expect, test } from 'vitest';
import { fieldChanges } from './field-changes.ts';

test.for([
  ['another name', { name: 'Quay' }, { name: 'Harbour' }, [{ field: 'name', before: 'Quay', after: 'Harbour' }]],
  [
    'what stayed is left out',
    { name: 'Quay', notes: '' },
    { name: 'Quay', notes: 'x' },
    [{ field: 'notes', before: '', after: 'x' }],
  ],
  ['nothing recorded before', null, { name: 'Quay' }, [{ field: 'name', before: undefined, after: 'Quay' }]],
  [
    'one field not recorded before',
    { name: 'Quay' },
    { name: 'Quay', address: null },
    [{ field: 'address', before: undefined, after: null }],
  ],
  ['nothing became something', { name: null }, { name: 'Quay' }, [{ field: 'name', before: null, after: 'Quay' }]],
  ['the same object in another order', { at: { a: 1, b: [2] } }, { at: { b: [2], a: 1 } }, []],
  ['a longer array', { ids: ['a'] }, { ids: ['a', 'b'] }, [{ field: 'ids', before: ['a'], after: ['a', 'b'] }]],
  [
    'an array of another order',
    { ids: ['a', 'b'] },
    { ids: ['b', 'a'] },
    [{ field: 'ids', before: ['a', 'b'], after: ['b', 'a'] }],
  ],
  ['an array is no object', { at: [] }, { at: {} }, [{ field: 'at', before: [], after: {} }]],
  [
    'another key of as many',
    { at: { a: undefined } },
    { at: { b: undefined } },
    [{ field: 'at', before: { a: undefined }, after: { b: undefined } }],
  ],
  ['0 is not nothing', { at: 0 }, { at: null }, [{ field: 'at', before: 0, after: null }]],
  ['inherited names are no fields', {}, { toString: 'x' }, [{ field: 'toString', before: undefined, after: 'x' }]],
] as const)('%s', ([, before, after, expected]) => expect(fieldChanges(before, after)).toEqual(expected));
