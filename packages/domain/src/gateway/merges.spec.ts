import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNewMerge, presentGatewayId } from './merges.ts';

const merges = (text: string) =>
  new Map(text.split(' ').flatMap((one) => (one === '' ? [] : [one.split('>') as [string, string]])));

describe('the remaining record of a gateway', () => {
  test.for([
    ['that was not merged', '', 'a', 'a'],
    ['of which others were merged', 'b>a', 'a', 'a'],
    ['that was merged', 'a>b', 'a', 'b'],
    ['of which the successor was merged too', 'a>b b>c', 'a', 'c'],
    ['the same in another order', 'b>c a>b', 'a', 'c'],
    ['of one in the middle', 'a>b b>c', 'b', 'c'],
    ['beside other merges', 'x>y a>b', 'a', 'b'],
  ] as const)('%s', ([, known, id, left]) => {
    expect(presentGatewayId(merges(known), id)).toBe(left);
  });

  test('is found even where merges form a circle', () => {
    expect(['a', 'b', 'c']).toContain(presentGatewayId(merges('a>b b>c c>a'), 'a'));
  });
});

test.for([
  ['the first', '', 'a>b', true],
  ['one that is known', 'a>b', 'a>b', false],
  ['another end of the same', 'a>b', 'a>c', false],
  ['a further one', 'a>b', 'b>c', true],
  ['two into one', 'a>c', 'b>c', true],
  ['one into itself', '', 'a>a', false],
  ['one that closes a circle', 'a>b b>c', 'c>a', false],
] as const)('%s is new: %s %s %s', ([, known, one, isNew]) => {
  const [[from, into]] = [...merges(one)] as [[string, string]];
  expect(isNewMerge(merges(known), { from, into })).toBe(isNew);
});

test('in any order and with repeats, merges lead to the same remaining record', () => {
  const chain = Array.from({ length: 6 }, (_, at) => ({ from: `g${at}`, into: `g${at + 1}` }));
  const learn = (learned: typeof chain) => {
    const known = new Map<string, string>();
    for (const one of learned) if (isNewMerge(known, one)) known.set(one.from, one.into);
    return known;
  };
  const order = fc
    .array(fc.constantFrom(...chain), { maxLength: 8 })
    .chain((again) => fc.shuffledSubarray([...chain, ...again], { minLength: chain.length + again.length }));
  fc.assert(
    fc.property(order, fc.nat(6), (learned, at) => {
      expect(presentGatewayId(learn(learned), `g${at}`)).toBe('g6');
    }),
  );
});
