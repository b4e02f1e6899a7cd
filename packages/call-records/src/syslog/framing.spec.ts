import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tcpFrames } from './framing.ts';

const MAX = 32;
const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (messages: readonly Uint8Array[]) => messages.map((message) => new TextDecoder().decode(message));

describe('messages of a connection', () => {
  test.for([
    ['ended by a newline', ['<1>a\n<2>b\n'], ['<1>a', '<2>b'], 0],
    ['with their length before them', ['4 <1>a4 <2>b'], ['<1>a', '<2>b'], 0],
    ['of both kinds', ['4 <1>a<2>b\n4 <3>c'], ['<1>a', '<2>b', '<3>c'], 0],
    ['in pieces', ['4 <', '1>', 'a<2', '>b\n'], ['<1>a', '<2>b'], 0],
    ['with a newline inside a counted one', ['6 <1>a\nb'], ['<1>a\nb'], 0],
    ['empty lines are none', ['\n\r\n<1>a\r\n'], ['<1>a'], 0],
    ['a counted one that is too long', [`40 ${'x'.repeat(40)}4 <1>a`], ['<1>a'], 1],
    ['an ended one that is too long', [`<1>${'x'.repeat(40)}`, 'yy\n<2>b\n'], ['<2>b'], 1],
    ['digits that are no length', ['12345678901 a\n'], ['12345678901 a'], 0],
    ['not complete', ['9 <1>a'], [], 0],
  ] as const)('%s', ([, chunks, expected, long]) => {
    const frames = tcpFrames(MAX);
    const found = chunks.map((chunk) => frames.push(bytes(chunk)));
    expect(found.flatMap(({ messages }) => texts(messages))).toEqual(expected);
    expect(found.reduce((sum, { tooLong }) => sum + tooLong, 0)).toBe(long);
  });

  test('are the same however the bytes arrive', () => {
    const message = fc.stringMatching(/^<1>[a-z ]{0,20}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, fc.boolean()), { maxLength: 8 }),
        fc.array(fc.nat(40), { maxLength: 12 }),
        (all, cuts) => {
          const stream = bytes(
            all.map(([text, counted]) => (counted ? `${text.length} ${text}` : `${text}\n`)).join(''),
          );
          const frames = tcpFrames(MAX);
          const found: string[] = [];
          let at = 0;
          for (const cut of [...cuts, stream.length]) {
            found.push(...texts(frames.push(stream.subarray(at, at + cut)).messages));
            at += cut;
          }
          expect(found).toEqual(all.map(([text]) => text));
        },
      ),
    );
  });
});
