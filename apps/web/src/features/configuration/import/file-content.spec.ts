import { expect, test } from 'vitest';
import { contentOf } from './file-content.ts';

test('a file keeps every byte, however long it is', async () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at % 256);
  expect(new Uint8Array(Buffer.from(await contentOf(new Blob([bytes])), 'base64'))).toEqual(bytes);
  expect(await contentOf(new Blob([]))).toBe('');
});
