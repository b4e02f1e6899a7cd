import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_REASONS } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { modelWords, vendorAndModel, vendorAndModelWithReason } from './model.ts';

const known = { vendor: 'Patton', model: 'SN4114', modelReason: null };
const unknown = (modelReason: (typeof MODEL_REASONS)[number] | null) => ({
  vendor: 'Grandstream',
  model: null,
  modelReason,
});

describe('the model of a gateway', () => {
  test('stands after its vendor, and alone', () => {
    expect([vendorAndModel(known), vendorAndModelWithReason(known), modelWords(known)]).toEqual([
      'Patton SN4114',
      'Patton SN4114',
      'SN4114',
    ]);
  });

  test.for([
    ['unknown-hardware', 'nothing that the gateway reports names a known model'],
    ['not-reported', 'the gateway does not report it'],
    [null, 'no reason given'],
  ] as const)('that is not known for the reason %s has it in words', ([reason, words]) => {
    expect(vendorAndModel(unknown(reason))).toBe('Grandstream, model not known');
    expect(vendorAndModelWithReason(unknown(reason))).toBe(`Grandstream, model not known: ${words}`);
    expect(modelWords(unknown(reason))).toBe(`Model not known: ${words}`);
  });

  test('has different words for each reason', () => {
    expect(new Set(MODEL_REASONS.map((reason) => modelWords(unknown(reason)))).size).toBe(MODEL_REASONS.length);
  });
});

test('no page shows a model by itself: it may be null, which is an empty cell or the word "null"', () => {
  const root = join(import.meta.dirname, '../..');
  const files = globSync('{app,features,ui}/**/*.{ts,tsx}', { cwd: root });
  expect(files.length).toBeGreaterThan(100);
  const own = files.filter((file) => /\b(?:gateway|row|line)\.model\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(own).toEqual(['ui/model-name.tsx']);
});
