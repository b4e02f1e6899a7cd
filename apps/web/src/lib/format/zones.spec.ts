import { describe, expect, test } from 'vitest';
import { findZones, zoneWord } from './zones.ts';

const ZONES = [
  'America/Argentina/Buenos_Aires',
  'America/New_York',
  'Australia/Sydney',
  'Europe/London',
  'Europe/Lisbon',
  'UTC',
];
const AT = Date.parse('2026-11-29T12:00:00Z');

describe('a time zone is found', () => {
  test.for([
    ['london', ['Europe/London']],
    ['LON', ['Europe/London']],
    ['new york', ['America/New_York']],
    ['buenos', ['America/Argentina/Buenos_Aires']],
    ['europe l', ['Europe/Lisbon', 'Europe/London']],
    ['Sydney Australia', ['Australia/Sydney']],
    ['utc', ['UTC']],
    ['atlantis', []],
  ] as const)('%s', ([text, found]) => {
    expect(findZones(ZONES, text).found).toEqual(found);
  });

  test('all are offered before anything is typed, and how many more there are is said', () => {
    expect(findZones(ZONES, '').found).toHaveLength(ZONES.length);
    expect(findZones(Intl.supportedValuesOf('timeZone'), '').more).toBeGreaterThan(100);
  });
});

test('a time zone is named by its city', () => {
  expect(zoneWord('America/Argentina/Buenos_Aires', AT)).toBe('Buenos Aires (America, Argentina), GMT-3');
  expect(zoneWord('Australia/Sydney', AT)).toBe('Sydney (Australia), GMT+11');
  expect(zoneWord('UTC', AT)).toBe('UTC');
});
