import { expect, test } from 'vitest';
import { isTypesOnly } from './types-only.ts';

test.for([
  ['', true],
  [
    "import type { A } from './a.ts';\n/** What it is. */\nexport interface B { a: A }\ntype C = B;\nexport type D = C;",
    true,
  ],
  ["export type { A } from './a.ts';\nexport type * from './b.ts';", true],
  ["import { a } from './a.ts';", false],
  ["export * from './a.ts';", false],
  ["export { a } from './a.ts';", false],
  ['export interface A { a: 1 }\nexport const a = 1;', false],
  ['const a = 1;', false],
] as const)('%j has types alone: %s', ([source, isAll]) => expect(isTypesOnly(source)).toBe(isAll));
