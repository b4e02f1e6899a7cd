import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Places } from './places.ts';
import { seesSite, tagEffects } from './tag-effects.ts';

const site = { siteId: 's1', customerId: 'c1', tags: ['north', 'lifts'] };
const limit = (part: Partial<Places>): Places => ({ customerIds: [], siteIds: [], tags: [], ...part });

describe('who sees a site', () => {
  test.for([
    ['who works everywhere', null, true],
    ['by its customer', limit({ customerIds: ['c1'] }), true],
    ['by itself', limit({ siteIds: ['s1'] }), true],
    ['by one of its tags', limit({ tags: ['south', 'lifts'] }), true],
    ['not by other places', limit({ customerIds: ['c2'], siteIds: ['s2'], tags: ['south'] }), false],
    ['not by an id in the wrong list', limit({ customerIds: ['s1'], siteIds: ['c1'] }), false],
    ['not without any place', limit({}), false],
  ] as const)('%s', ([, places, sees]) => {
    expect(seesSite(places, site)).toBe(sees);
  });
});

test.for([
  ['a tag that is kept', ['north'], [limit({ tags: ['north'] })], { losing: 0, gaining: 0 }],
  ['the tag by which one sees it', ['north'], [limit({ tags: ['lifts'] })], { losing: 1, gaining: 0 }],
  [
    'one that sees it by its customer too',
    [],
    [limit({ tags: ['lifts'], customerIds: ['c1'] })],
    { losing: 0, gaining: 0 },
  ],
  ['a new tag', ['north', 'lifts', 'south'], [limit({ tags: ['south'] }), null], { losing: 0, gaining: 1 }],
  [
    'one tag for another',
    ['south'],
    [limit({ tags: ['north'] }), limit({ tags: ['south'] })],
    { losing: 1, gaining: 1 },
  ],
] as const)('%s', ([, tags, limits, effects]) => {
  expect(tagEffects(site, tags, limits)).toEqual(effects);
});

test('the same tags change nothing, and the way back undoes what was done', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd');
  const tags = fc.uniqueArray(word);
  const limits = fc.array(fc.option(fc.record({ customerIds: fc.constant([]), siteIds: fc.constant([]), tags })));
  fc.assert(
    fc.property(tags, tags, limits, (before, after, all) => {
      const place = { ...site, tags: before };
      expect(tagEffects(place, before, all)).toEqual({ losing: 0, gaining: 0 });
      const there = tagEffects(place, after, all);
      const back = tagEffects({ ...site, tags: after }, before, all);
      expect(back).toEqual({ losing: there.gaining, gaining: there.losing });
    }),
  );
});
