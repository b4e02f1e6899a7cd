import { describe, expect, test } from 'vitest';
import { at, fleet, gatewayRecord, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertRecord } from '../types.ts';
import { judgeTogether } from './together.ts';
import type { About } from './view.ts';

/** The window of the kind is 60 s unless it is set. */
const ABOUT: About = {
  kind: 'site-power-lost',
  subject: { type: 'site', id: 's' },
  where: at({ customerId: 'c', siteId: 's' }),
};
const names = Array.from({ length: 9 }, (_, index) => `g${index}`);
const topology = fleet({ s: 'c' }, Object.fromEntries(names.map((name) => [name, { site: 's' }])));
const began = (...secondsAgo: number[]) =>
  secondsAgo.map((ago, index) => gatewayRecord(topology, 'power-lost', names[index]!, { badSince: NOW - ago * 1000 }));
const before = (more: Partial<AlertRecord> = {}) =>
  openRecord('site-power-lost', 's', ABOUT.where, { badSince: NOW - 5_000, ...more });

interface Case {
  name: string;
  members: AlertRecord[];
  known?: AlertRecord;
  least?: number;
  withinS?: number;
  since: number | null;
}
test.for<Case>([
  { name: 'enough at once', members: began(9, 9, 9), since: NOW },
  { name: 'too few', members: began(9, 9), since: null },
  { name: 'enough just within the window', members: began(70, 40, 10), since: NOW },
  { name: 'enough, but one just before the window', members: began(71, 40, 10), since: null },
  { name: 'enough within a wider window that is set', members: began(71, 40, 10), withinS: 61, since: NOW },
  {
    name: 'once bad, half of them are enough, whenever they began',
    members: began(900, 9),
    known: before(),
    since: NOW - 5_000,
  },
  { name: 'once suspected too', members: began(900, 9), known: before({ phase: 'pending' }), since: NOW - 5_000 },
  { name: 'half is rounded up', members: began(9, 9), least: 5, known: before(), since: null },
  { name: 'the half that is rounded up', members: began(9, 9, 9), least: 5, known: before(), since: NOW - 5_000 },
  { name: 'one alone is not together with anything', members: began(9), least: 2, known: before(), since: null },
  {
    name: 'while it recovers it needs as many as at first',
    members: began(9, 9),
    known: before({ phase: 'recovering' }),
    since: null,
  },
  { name: 'an unknown beginning is now', members: began(9, 9), known: before({ badSince: null }), since: NOW },
])('$name', ({ members, known, least = 3, withinS = 60, since }) => {
  const settings = [{ kind: 'site-power-lost', parameters: { withinS } }] as const;
  const view = viewOf(topology, known === undefined ? members : [...members, known], settings);
  const made = judgeTogether(view, ABOUT, { members, of: 9, least, words: (n) => `${n} together` });
  expect(made?.since ?? null).toBe(since);
});

describe('what is found', () => {
  const judge = (members: AlertRecord[]) =>
    judgeTogether(viewOf(topology, members), ABOUT, { members, of: 9, least: 2, words: (n) => `${n} together` });

  test('names and counts the members, and out of how many', () => {
    expect(judge(began(9, 8, 7))).toMatchObject({
      key: 'site-power-lost@site:s',
      verdict: 'bad',
      where: ABOUT.where,
      evidence: { text: '3 together', seen: { members: 3, of: 9 } },
    });
  });
  test('is unknown where nothing is known of any member', () => {
    const [first, second] = began(9, 8);
    const unknown = { verdict: 'unknown' } as const;
    expect(judge([{ ...first!, ...unknown }, second!])?.verdict).toBe('bad');
    expect(
      judge([
        { ...first!, ...unknown },
        { ...second!, ...unknown },
      ])?.verdict,
    ).toBe('unknown');
  });
  test('is nothing where the kind is not watched', () => {
    const members = began(9, 9);
    const view = viewOf(topology, members, [{ kind: 'site-power-lost', scope: 'site', scopeId: 's', off: true }]);
    expect(judgeTogether(view, ABOUT, { members, of: 9, least: 2, words: String })).toBeNull();
  });
  test('is as grave as its gravest member', () => {
    const [first, second] = began(9, 8);
    const about: About = { ...ABOUT, kind: 'agents-lost-together', subject: { type: 'operator', id: '' } };
    const members = [first!, { ...second!, severity: 'critical' as const }];
    const made = judgeTogether(viewOf(topology, members), about, { members, of: 9, least: 2, words: String });
    expect(made?.severity).toBe('critical');
  });
});
