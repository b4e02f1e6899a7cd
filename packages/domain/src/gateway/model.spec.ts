import { expect, test } from 'vitest';
import { knownModel, type ModelReason } from './model.ts';

test.for<[string, string | null, (string | null)[], ModelReason | null]>([
  ['a model that was found needs no reason', 'HT802', ['Linux HT802'], null],
  ['nor does one that was found in the number of ports alone', 'HT802', [null, null], null],
  ['a gateway that answered what names no model is unknown hardware', null, [null, 'Linux HT8XX'], 'unknown-hardware'],
  ['also where it answered an empty text', null, ['', null], 'unknown-hardware'],
  ['one that answered nothing does not report it', null, [null, null], 'not-reported'],
  ['nor does one of which nothing could be read', null, [], 'not-reported'],
])('%s', ([, model, reported, modelReason]) => {
  expect(knownModel(model, reported)).toEqual({ model, modelReason });
});
