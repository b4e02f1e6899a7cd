import { expect, test } from 'vitest';
import { isWithoutCode } from './without-code.ts';

test.for([
  ['', true],
  [
    "import type { A } from './a.ts';\n/** What it is. */\nexport interface B { a: A }\ntype C = B;\nexport type D = C;",
    true,
  ],
  ["export type { A } from './a.ts';\nexport type * from './b.ts';", true],
  ["import { a } from './a.ts';", false],
  ["export * from './a.ts';\nexport { b } from './b.ts';", true],
  ["import { a } from './a.ts';\nexport { a };", false],
  ['export interface A { a: 1 }\nexport const a = 1;', false],
  ['const a = 1;', false],
] as const)('%j is without code: %s', ([source, isWithout]) => expect(isWithoutCode(source)).toBe(isWithout));
