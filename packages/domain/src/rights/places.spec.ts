import { describe, expect, test } from 'vitest';
import { limitOf, mayLimitTo, NO_PLACES, type Places, TAG_PATTERN } from './places.ts';

const places = (part: Partial<Places>): Places => ({ ...NO_PLACES, ...part });

describe('who may limit another to which places', () => {
  const own = places({ customerIds: ['c1', 'c2'], siteIds: ['s1'], tags: ['north'] });
  test.for([
    ['everywhere, by one who works everywhere', null, null, true],
    ['anything, by one who works everywhere', null, places({ customerIds: ['c9'] }), true],
    ['everywhere, by one who is limited', own, null, false],
    ['one of the own customers', own, places({ customerIds: ['c2'] }), true],
    ['another customer', own, places({ customerIds: ['c2', 'c3'] }), false],
    ['the own site', own, places({ siteIds: ['s1'] }), true],
    ['a site of an own customer', own, places({ siteIds: ['s7'] }), true],
    ['another site', own, places({ siteIds: ['s8'] }), false],
    ['the own tag', own, places({ tags: ['north'] }), true],
    ['another tag', own, places({ tags: ['south'] }), false],
    ['nowhere', own, NO_PLACES, true],
  ] as const)('%s', ([, limit, other, may]) => expect(mayLimitTo(limit, other, new Set(['s7']))).toBe(may));
});

test('a role for a part of the fleet has nothing without a limit', () => {
  const limit = places({ siteIds: ['s1'] });
  expect(limitOf({ limitedOnly: true }, null)).toEqual(NO_PLACES);
  expect(limitOf({ limitedOnly: true }, limit)).toBe(limit);
  expect(limitOf({ limitedOnly: false }, null)).toBe(null);
});

test.for(['north', 'a', 'vip-2', 'x'.repeat(40)])('%s is a tag', (tag) => expect(TAG_PATTERN.test(tag)).toBe(true));
test.for(['', '-a', 'a-', 'North', "it's", 'a,b', 'x'.repeat(41)])('%j is no tag', (tag) =>
  expect(TAG_PATTERN.test(tag)).toBe(false),
);
