import { expect, test } from 'vitest';
import { asksForHelp, EVERYWHERE } from './shortcut-help.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test.for([
  ['?', {}, true],
  ['?', { ctrlKey: true }, false],
  ['?', { metaKey: true }, false],
  ['?', { altKey: true }, false],
  ['/', {}, false],
] as const)('%s with %j: %s', ([key, held, asks]) => {
  expect(asksForHelp({ key, ...plain, ...held })).toBe(asks);
});

test('what the settings promise is in the list', () => {
  expect(EVERYWHERE.keys.map(([key]) => key)).toEqual(expect.arrayContaining(['/', '?']));
});
