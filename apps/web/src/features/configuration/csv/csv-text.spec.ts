import { expect, test } from 'vitest';
import { csvTextOf } from './csv-text.ts';

test.for<[string, Uint8Array]>([
  ['UTF-8', new TextEncoder().encode('name\nCafé\n')],
  ['UTF-8 with its mark', new TextEncoder().encode('\uFEFFname\nCafé\n')],
  ['Windows-1252', Uint8Array.from(Buffer.from('name\nCafé\n', 'latin1'))],
])('a file in %s is read', async ([, bytes]) => {
  expect(await csvTextOf(new Blob([new Uint8Array(bytes)]))).toBe('name\nCafé\n');
});
