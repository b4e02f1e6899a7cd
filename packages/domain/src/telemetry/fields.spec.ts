import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CALL_STATES, PORT_KINDS } from '../line/vocabulary.ts';
import { fromCode, PORT_STATE_FIELDS, toCode } from './fields.ts';
import { freshness } from './freshness.ts';

describe('codes', () => {
  test('a value converts to its code and back', () => {
    for (const vocabulary of Object.values(PORT_STATE_FIELDS)) {
      for (const value of vocabulary) expect(fromCode(vocabulary, toCode<string>(vocabulary, value))).toBe(value);
    }
  });

  test('unknown stays unknown, and a code of a newer vocabulary is unknown', () => {
    expect(toCode(CALL_STATES, null)).toBeNull();
    expect(fromCode(CALL_STATES, null)).toBeNull();
    expect(fromCode(CALL_STATES, 200)).toBeNull();
  });

  test('a word outside the vocabulary is refused by name', () => {
    expect(() => toCode<string>(PORT_KINDS, 'isdn')).toThrow('"isdn" is not one of fxs, fxo');
  });

  // Codes are stored for years: words may be added at the end, never moved. Add a line when a vocabulary grows.
  test.for([
    ['admin', 3, 'd46e8c9f'],
    ['oper', 3, '454a7b30'],
    ['hook', 2, 'bec67b1c'],
    ['call', 11, 'a70b02e1'],
    ['registration', 7, '3f3a3546'],
    ['fault', 13, 'a2497fb1'],
  ] as const)('the first words of %s never move', ([field, length, hash]) => {
    const words = PORT_STATE_FIELDS[field].slice(0, length).join(',');
    expect(createHash('sha256').update(words).digest('hex').slice(0, 8)).toBe(hash);
  });
});

describe('freshness', () => {
  test.for([
    ['never read', null, 30_000, 'never'],
    ['just read', 0, 30_000, 'live'],
    ['two polls missed', 75_000, 30_000, 'live'],
    ['more than three polls missed', 91_000, 30_000, 'stale'],
    ['a fast poll has a floor', 29_000, 1_000, 'live'],
    ['beyond the floor', 31_000, 1_000, 'stale'],
  ] as const)('%s', ([, ageMs, intervalMs, expected]) => {
    const nowMs = 1_000_000;
    expect(freshness(ageMs === null ? null : nowMs - ageMs, intervalMs, nowMs)).toBe(expected);
  });
});
