import { describe, expect, test } from 'vitest';
import { type ComparedDialling, diallingDifferences, type DiallingDifference } from './compare.ts';

const SENT: ComparedDialling = { number: '999', refusal: null, keysUsed: 3, afterMs: 0 };
const NONE: ComparedDialling = { number: null, refusal: 'no-rule', keysUsed: 3, afterMs: 0 };
const BARRED: ComparedDialling = { ...NONE, refusal: 'barred' };

describe('two answers to the same keys', () => {
  test.for<[string, ComparedDialling, ComparedDialling, readonly DiallingDifference[]]>([
    ['are the same', SENT, { ...SENT }, []],
    ['send and do not send', SENT, NONE, ['sent']],
    ['send and bar', SENT, BARRED, ['sent']],
    ['send two numbers', SENT, { ...SENT, number: '9999' }, ['number']],
    ['bar and know no rule', BARRED, NONE, ['barred']],
    ['reject for two reasons', { ...NONE, refusal: 'incomplete' }, NONE, []],
    ['wait for different times', SENT, { ...SENT, afterMs: 4000 }, ['wait']],
    ['use different keys and so send other numbers', SENT, { ...SENT, number: '99', keysUsed: 2 }, ['number', 'keys']],
  ])('%s', ([, one, other, expected]) => {
    expect(diallingDifferences(one, other)).toEqual(expected);
    expect(diallingDifferences(other, one)).toEqual(expected);
  });
});
