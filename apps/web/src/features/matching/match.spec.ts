import { describe, expect, test } from 'vitest';
import { matchDraftOf, matchOf, matchWords, severityWords } from './match.ts';

const names = new Map([
  ['c1', 'Birch Clinics'],
  ['c2', 'Cedar Property'],
  ['s1', 'North house'],
]);

describe('which incidents are meant', () => {
  test.for([
    [{}, 'All incidents'],
    [{ severities: ['major', 'critical'] }, 'Critical or major incidents'],
    [{ customerIds: ['c1'] }, 'Incidents of Birch Clinics'],
    [{ customerIds: ['c1', 'c2'], siteIds: ['s1'] }, 'Incidents of Birch Clinics or Cedar Property at North house'],
    [{ customerIds: ['gone'] }, 'Incidents of (removed)'],
    [{ lineDeviceClasses: ['alarm-panel', 'lift-phone'] }, 'Incidents on lines with an alarm panel or a lift phone'],
    [
      { severities: ['critical'], kinds: ['gateway-unreachable', 'site-wan-down'] },
      'Critical incidents about “Gateway unreachable” or “Site cut off”',
    ],
  ] as const)('%j is "%s"', ([match, words]) => {
    expect(matchWords(match as never, names)).toBe(words);
  });

  test('severities are worst first, however they were ticked', () => {
    expect(severityWords(['info', 'critical', 'minor'])).toBe('critical, minor or notice');
  });

  test('nothing ticked is left out, so that it takes all and not nothing', () => {
    expect(matchOf(matchDraftOf({}))).toEqual({});
    const match = { severities: ['critical' as const], siteIds: ['s1'] };
    expect(matchOf(matchDraftOf(match))).toEqual(match);
  });
});
