import { expect, test } from 'vitest';
import { foundNote } from './found.ts';

test.for([
  [undefined, false, 'Searching…'],
  [undefined, true, 'The list could not be loaded.'],
  [{ shown: 0, total: 0 }, false, 'No matches.'],
  [{ shown: 7, total: 7 }, false, undefined],
  [{ shown: 50, total: 10_000 }, false, '50 of 10,000 shown. Type part of the name to find the others.'],
] as const)('%j, failed %s: %s', ([found, failed, words]) => {
  expect(foundNote(found, failed)).toBe(words);
});
