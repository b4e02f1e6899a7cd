import { expect, test } from 'vitest';
import { z } from 'zod';
import { uuid } from './uuid.ts';

test('a uuid is one as the contracts want it, and never the same twice', () => {
  const made = Array.from({ length: 100 }, uuid);
  for (const one of made) expect(z.uuidv4().safeParse(one).success).toBe(true);
  expect(new Set(made).size).toBe(100);
});
