import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const page = readFileSync(resolve(ROOT, 'docs/asvs.md'), 'utf8');

const rows = page
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number, level, , shown]) => ({ number: number!, level: Number(level), shown: shown! }));
const filesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, path]) => path!);

/** How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has. */
const COUNTS = [
  [1, 27],
  [2, 11],
  [3, 19],
  [4, 10],
  [5, 9],
  [6, 35],
  [7, 18],
  [8, 7],
  [9, 7],
  [10, 29],
  [11, 14],
  [12, 9],
  [13, 13],
  [14, 9],
  [15, 13],
  [16, 16],
  [17, 7],
] as const;

test.for(COUNTS)('chapter V%i has its %i requirements of levels 1 and 2, each once', ([chapter, count]) => {
  const numbers = rows.filter(({ number }) => number.startsWith(`${chapter}.`)).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toHaveLength(count);
});

test('70 are of level 1 and 183 of level 2', () => {
  expect([1, 2].map((wanted) => rows.filter(({ level }) => level === wanted).length)).toEqual([70, 183]);
});

test('each says what shows it, why it does not apply, or that it is not met', () => {
  expect(rows.filter(({ shown }) => shown.length < 10)).toEqual([]);
});

test('every file that is named is there', () => {
  const missing = rows.flatMap(({ number, shown }) =>
    filesIn(shown)
      .filter((path) => !existsSync(resolve(ROOT, path)))
      .map((path) => `${number}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test('every file that the threat model names is there', () => {
  const model = readFileSync(resolve(ROOT, 'docs/threat-model.md'), 'utf8');
  const named = filesIn(model).filter((text) => text.includes('/'));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
});
