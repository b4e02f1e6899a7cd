import { expect, test } from 'vitest';
import { inboxCommand, moved } from './keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test.for([
  ['j', {}, 'next'],
  ['k', {}, 'previous'],
  ['a', {}, 'acknowledge'],
  ['x', {}, 'select'],
  ['?', {}, null],
  ['a', { ctrlKey: true }, null],
  ['k', { metaKey: true }, null],
  ['x', { altKey: true }, null],
  ['q', {}, null],
  ['toString', {}, null],
] as const)('%s with %j: %s', ([key, held, command]) => {
  expect(inboxCommand({ key, ...plain, ...held })).toBe(command);
});

test.for([
  [-1, 3, 'next', 0],
  [-1, 3, 'previous', 2],
  [0, 3, 'next', 1],
  [2, 3, 'next', 2],
  [0, 3, 'previous', 0],
] as const)('from row %j of %j, %s leads to %j', ([index, count, command, to]) => {
  expect(moved(index, count, command)).toBe(to);
});
