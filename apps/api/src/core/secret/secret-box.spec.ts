import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { SecretBox } from './secret-box.ts';

const box = (byte: number) =>
  new SecretBox(
    readConfig({
      DATABASE_URL: 'postgresql://db/loopstart',
      DATABASE_APP_URL: 'postgresql://db/loopstart',
      LOOPSTART_SECRET_KEY: Buffer.alloc(32, byte).toString('base64'),
    }),
  );

test('a sealed secret opens for the same purpose alone', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (plain, context) => {
      const sealed = box(1).seal(plain, context);
      expect(box(1).open(sealed, context)).toBe(plain);
      expect(() => box(1).open(sealed, `${context}.`)).toThrow();
    }),
  );
});

test('the same secret twice is two ciphertexts', () => {
  expect(box(1).seal('secret', 'x').equals(box(1).seal('secret', 'x'))).toBe(false);
});

test('another key and damage are distinguished', () => {
  const sealed = box(1).seal('secret', 'x');
  expect(() => box(2).open(sealed, 'x')).toThrow('another LOOPSTART_SECRET_KEY');
});

test('any change of any byte is detected', () => {
  const sealed = box(1).seal('secret', 'x');
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index]! ^= 1;
    expect(() => box(1).open(changed, 'x'), `byte ${index}`).toThrow();
    expect(() => box(1).open(sealed.subarray(0, index), 'x'), `cut at ${index}`).toThrow();
  }
});
