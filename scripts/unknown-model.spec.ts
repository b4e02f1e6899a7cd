import { expect, test } from 'vitest';
import { root } from './lib/process.ts';
import { sourceFiles } from './structure/files.ts';

test('a text that stands for a model that is not known is read from older agents alone, and written nowhere', () => {
  const files = sourceFiles(root).filter(({ isTest }) => !isTest);
  expect(files.length).toBeGreaterThan(500);
  const naming = files.filter(({ text }) => /unknown model/i.test(text)).map(({ path }) => path);
  expect(naming).toEqual(['packages/contracts/src/agent/gateway-model.ts']);
});
