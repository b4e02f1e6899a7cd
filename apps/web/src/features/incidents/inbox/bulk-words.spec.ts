import { expect, test } from 'vitest';
import { bulkResult } from './bulk-words.ts';

test.for([
  [{ acknowledged: 3, already: 0, notFound: 0 }, '3 incidents acknowledged', undefined],
  [{ acknowledged: 1, already: 1, notFound: 0 }, '1 incident acknowledged', '1 was already acknowledged or resolved.'],
  [
    { acknowledged: 0, already: 2, notFound: 1 },
    'No incident was acknowledged',
    '2 were already acknowledged or resolved; 1 could not be found.',
  ],
] as const)('%j', ([result, title, rest]) => {
  expect(bulkResult(result)).toEqual({ title, rest });
});
