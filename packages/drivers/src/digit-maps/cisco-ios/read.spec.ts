import { expect, test } from 'vitest';
import { errorOf, onGateway } from '../../testing/dial-table.ts';
import type { CiscoIosMap, IosTranslationRule } from './map.ts';

const map = (...patterns: (string | [string, IosTranslationRule[], number?])[]): CiscoIosMap => ({
  language: 'cisco-ios',
  interDigitTimeoutS: 10,
  peers: patterns.map((pattern, index) => {
    const [destinationPattern, translationRules, preference = 0] =
      typeof pattern === 'string' ? [pattern, []] : pattern;
    return { tag: index + 1, destinationPattern, translationRules, preference };
  }),
});

test.each([
  [['112$', '.T'], '112', ['112', 3, 0]],
  [['112$', '.T'], '2001', ['2001', 4, 10_000]],
  [['112$', '.T'], '2001#', ['2001', 5, 0]],
  // Digits are matched one by one: the peer that matches first places the call.
  [['555', '5551212'], '5551212', ['555', 3, 0]],
  [['5......'], '5550124', ['5550124', 7, 0]],
  [['5......'], '555', ['incomplete', 3, 10_000]],
  [['555T'], '5550124', ['5550124', 7, 10_000]],
  [['[1-3]22'], '222', ['222', 3, 0]],
  [['[^1-3]22'], '122', ['no-rule', 1, 0]],
  [['[^1-3]22'], '*22', ['*22', 3, 0]],
  [['5(01)?23'], '523', ['523', 3, 0]],
  [['5(01)?23'], '50123', ['50123', 5, 0]],
  [['5%23'], '55523', ['55523', 5, 0]],
  [['5+23'], '23', ['no-rule', 1, 0]],
  [['*6.'], '*62', ['*62', 3, 0]],
  [['1#2T'], '1#2', ['1#2', 3, 10_000]],
])('%s: "%s"', (patterns, keys, expected) => {
  expect(onGateway(map(...patterns), keys)).toEqual(expected);
});

test('the longest explicit match, then the preference, chooses the translation', () => {
  const strip: IosTranslationRule[] = [{ match: '^9', replacement: '' }];
  const add: IosTranslationRule[] = [{ match: '^9', replacement: '0044' }];
  expect(onGateway(map(['9...$', strip], ['91..$', add]), '9123')[0]).toBe('0044123');
  expect(onGateway(map(['9...$', strip, 2], ['9...$', add, 1]), '9123')[0]).toBe('0044123');
  expect(onGateway(map(['9...$', [{ match: '^8', replacement: '' }, ...strip]]), '9123')[0]).toBe('123');
  expect(onGateway(map(['...$', [{ match: '^', replacement: '0' }]]), '123')[0]).toBe('0123');
});

test('a peer that could match more digits may hold a shorter one back: nobody has verified it', () => {
  expect(onGateway(map('112$', '.T'), '112', 0, 1)).toEqual(['112', 3, 10_000]);
  expect(onGateway(map('555', '5551212'), '5551212', 0, 1)).toEqual(['5551212', 7, 10_000]);
});

test.each([
  [['1', ''], 2, 1, 'a digit, *, #, ., [, (, ?, %, +, T or $'],
  [['1('], 1, 3, 'a digit, *, #, ., [, (, ?, %, +, T or $'],
  [['1)'], 1, 2, 'no ) without ('],
  [['1T2'], 1, 3, 'the end'],
  [['?1'], 1, 1, 'a digit, *, #, ., [, (, ?, %, +, T or $'],
  [[`${'('.repeat(2000)}1${')'.repeat(2000)}`], 1, 10, 'at most 8 groups inside each other'],
])('%s is wrong', (patterns, ...error) => {
  expect(errorOf(map(...patterns))).toEqual(error);
});

test('a translation rule that is not evaluated is an error, not a guess', () => {
  expect(errorOf(map(['1$', [{ match: '9', replacement: '' }]]))).toEqual([1, 1, '^']);
  expect(errorOf(map(['1$', [{ match: '^9\\(.*\\)', replacement: '' }]]))?.[1]).toBe(3);
  expect(errorOf(map(['1$', [{ match: '^9', replacement: '\\1' }]]))?.[1]).toBe(1);
});
