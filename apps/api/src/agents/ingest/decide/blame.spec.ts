import { expect, test } from 'vitest';
import { blameOf } from './blame.ts';

const error = (code: unknown, message = 'x') => Object.assign(new Error(message), { code });

test.for([
  ['a number out of range', error('22003'), 'message'],
  ['a key that is there already', error('23505'), 'message'],
  ['an error of our own over a value', new RangeError('x'), 'message'],
  ['no partition for a row', error('23514', 'no partition of relation "t" found for row'), 'schema'],
  ['a row type that changed', error('42804'), 'schema'],
  ['a check that a value fails', error('23514', 'violates check constraint'), 'message'],
  ['a table that is not there', error('42P01'), 'database'],
  ['a permission that is missing', error('42501'), 'database'],
  ['a full disk', error('53100'), 'database'],
  ['a shutdown', error('57P01'), 'database'],
  ['a deadlock beyond all tries', error('40P01'), 'database'],
  ['no connection', error('ECONNREFUSED'), 'database'],
  ['a connection that broke', new Error('Connection terminated unexpectedly'), 'database'],
  ['no connection to be had', new Error('timeout exceeded when trying to connect'), 'database'],
  ['something that is no error', null, 'message'],
] as const)('%s', ([, thrown, blame]) => {
  expect(blameOf(thrown)).toBe(blame);
});
