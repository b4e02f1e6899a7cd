import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

test('only the database composes the name of a gateway', () => {
  const files = globSync('**/*.ts', { cwd: ROOT, exclude: (name) => name === 'generated' });
  expect(files.length).toBeGreaterThan(100);
  const own = files
    .filter((file) => !file.endsWith('.spec.ts'))
    .filter((file) => /\bvendor \|\||\bname, (?:\w+\.)?sys_name\b/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(own).toEqual([]);
});
