import { Automaton, DIGITS, oneOf, repeatOf } from '@loopstart/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIGIT_MAP_LANGUAGES, type DigitMap, evaluateDigitMap } from './index.ts';
import { programOf } from './evaluate.ts';

/** A map of each language with one text of ours in every place that takes text. */
const WITH: Record<DigitMap['language'], (text: string) => DigitMap> = {
  audiocodes: (text) => ({
    language: 'audiocodes',
    digitMapping: text,
    maxDigits: 32,
    timeBetweenDigitsS: 4,
    // A prefix has no repetition.
    numberMapTel2Ip: text.includes('.') ? [] : [{ destinationPrefix: text, removeFromLeft: 1, prefixToAdd: '' }],
  }),
  grandstream: (text) => ({ language: 'grandstream', dialPlan: `{${text}}`, noKeyEntryTimeoutS: 4, hashSends: true }),
  'cisco-spa': (text) => ({ language: 'cisco-spa', dialPlan: `(${text})` }),
  'cisco-ios': (text) => ({
    language: 'cisco-ios',
    peers: [{ tag: 1, destinationPattern: text, preference: 0, translationRules: [] }],
    interDigitTimeoutS: 10,
  }),
  patton: (text) => ({
    language: 'patton',
    routes: [{ key: text, mapping: null }],
    digitCollectionTimeoutS: 5,
    addressCompletionTimeoutS: 12,
  }),
  mediatrix: (text) => ({
    language: 'mediatrix',
    allowed: [{ dtmfMap: text, transformation: 'x' }],
    refused: [{ dtmfMap: text }],
    interDtmfTimeoutMs: 4000,
  }),
  vega: (text) => ({
    language: 'vega',
    plans: [{ telephone: text, destination: '1' }],
    dialTimeoutS: 5,
    dialDigit: '#',
  }),
  eltex: (text) => ({ language: 'eltex', dialPlan: `L8 S4 (${text})` }),
};

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0129*#xXTSLP.|+-,[](){}<>=:^$%?!\\@ '), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test.each(DIGIT_MAP_LANGUAGES)('%s: any text is a map or has a place where it is wrong', (language) => {
  let wrong = 0;
  fc.assert(
    fc.property(text, (garbage) => {
      const result = evaluateDigitMap(WITH[language](garbage), '1122334455*#');
      if (result.ok) return;
      wrong += 1;
      expect(result.error.position).toBeGreaterThanOrEqual(1);
      expect(result.error.position).toBeLessThanOrEqual(garbage.length + 12);
      expect(result.error.expected).not.toBe('');
    }),
    { numRuns: 200 },
  );
  expect(wrong).toBeGreaterThan(25);
});

/** Texts that make a matcher with backtracking follow exponentially many ways. */
const CATASTROPHIC: Partial<Record<DigitMap['language'], string>> = {
  audiocodes: `${'x.'.repeat(70)}1`,
  grandstream: `${'x+'.repeat(200)}#`,
  'cisco-spa': `${'x.'.repeat(200)}#`,
  'cisco-ios': `${'(.%.%.%)%'.repeat(60)}#`,
  patton: `${'(((.+)+)+)+'.repeat(60)}#`,
  mediatrix: `${'x.'.repeat(60)}1`,
  vega: `${'.*'.repeat(200)}#`,
  eltex: `${'x.'.repeat(200)}#`,
};

test.each(DIGIT_MAP_LANGUAGES)('%s: repetition costs its places for a key, not its ways', (language) => {
  const map = WITH[language](CATASTROPHIC[language]!);
  const program = programOf(map);
  if (!program.ok) throw new Error(program.error.expected);
  evaluateDigitMap(map, '1'.repeat(60));
  // Places without a key are followed once for each place, then every key looks at every place.
  const steps = program.program.readings.map(({ machine }) => machine.automaton.steps);
  expect(Math.max(...steps)).toBeLessThan(400_000);
  expect(Math.max(...steps)).toBeGreaterThan(100);
});

test('large counts are bounded before their states are made', () => {
  const huge = Array.from({ length: 90 }, () => 'x{1,32}x{1,32}x{1,32}')
    .join('')
    .slice(0, 980);
  const result = evaluateDigitMap(WITH.eltex(huge), '1');
  expect(result.ok).toBe(true);
  const deep = repeatOf(repeatOf(repeatOf(oneOf(DIGITS), 32, 32), 32, 32), 32, 32);
  expect(Automaton.of([deep])).toBeNull();
});
