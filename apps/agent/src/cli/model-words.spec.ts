import type { ModelReason } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { modelCell, vendorAndModel } from './model-words.ts';

test.for<[string | null, string | null, ModelReason | null, string, string | null]>([
  ['Patton', 'SN4114', null, 'Patton SN4114', 'SN4114'],
  [
    'Grandstream',
    null,
    'unknown-hardware',
    'Grandstream, model not known (nothing it reports names a model that is known)',
    'not known',
  ],
  ['Patton', null, 'not-reported', 'Patton, model not known (it reports nothing that names it)', 'not known'],
  [null, null, null, 'not recognised yet', null],
])('%s, %s, %s', ([vendor, model, modelReason, title, cell]) => {
  expect(vendorAndModel({ vendor, model, modelReason })).toBe(title);
  expect(modelCell({ vendor, model })).toBe(cell);
});
