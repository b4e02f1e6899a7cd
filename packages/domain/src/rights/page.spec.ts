import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rightsPage } from './page.ts';

test('docs/rights.md is what the table of rights says (npm run rights)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/rights.md'), 'utf8');
  // The formatter aligns the columns of tables.
  const plain = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(plain(page)).toBe(plain(rightsPage()));
});
