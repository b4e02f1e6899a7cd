import { describe, expect, test } from 'vitest';
import { at, fleet, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertRecord } from '../types.ts';
import { sitesCutOff } from './site-wan-down.ts';

/** One agent at `one`, two at `two`. */
const topology = fleet({ one: 'c1', two: 'c2' }, {}, [
  ['a1', 'one'],
  ['a2', 'two'],
  ['a3', 'two'],
]);
const silent = (agentId: string, siteAnswers: boolean | null, more: Partial<AlertRecord> = {}) => {
  const siteId = agentId === 'a1' ? 'one' : 'two';
  const evidence = { text: '', seen: { siteAnswers }, thresholds: {} };
  return openRecord(
    'agent-silent',
    agentId,
    { customerId: siteId === 'one' ? 'c1' : 'c2', siteId, agentId },
    { evidence, ...more },
  );
};
const FROM_OUTSIDE = 'Nothing is heard from the site, and the site does not answer from outside.';
const ALL = 'Nothing is heard from the site, and all 2 agents of the site are silent.';

describe('a site is cut off when no agent of it is connected, and', () => {
  test.for<{ name: string; lost: AlertRecord[]; text: string | null }>([
    { name: 'it does not answer from outside', lost: [silent('a1', false)], text: FROM_OUTSIDE },
    { name: 'not when it answers', lost: [silent('a1', true)], text: null },
    { name: 'not when there is one agent and nothing else is known', lost: [silent('a1', null)], text: null },
    { name: 'two agents are silent', lost: [silent('a2', null), silent('a3', null)], text: ALL },
    {
      name: 'two are silent and it does not answer',
      lost: [silent('a2', null), silent('a3', false)],
      text: FROM_OUTSIDE,
    },
    { name: 'not when two are silent but it answers', lost: [silent('a2', true), silent('a3', false)], text: null },
    { name: 'not when one of two is connected', lost: [silent('a2', false)], text: null },
    { name: 'not when nothing is lost', lost: [], text: null },
  ])('$name', ({ lost, text }) => {
    const found = sitesCutOff(viewOf(topology, lost), lost);
    expect(found.map(({ evidence }) => evidence.text)).toEqual(text === null ? [] : [text]);
  });
});

test('it says what is known of the site, and since when', () => {
  const lost = [silent('a2', null, { badSince: NOW - 900_000 }), silent('a3', null, { badSince: NOW - 90_000 })];
  expect(sitesCutOff(viewOf(topology, lost), lost)).toMatchObject([
    {
      key: 'site-wan-down@site:two',
      where: at({ customerId: 'c2', siteId: 'two' }),
      verdict: 'bad',
      // One had been away for longer; the site was heard from until the other was lost.
      since: NOW - 90_000,
      evidence: { seen: { silentAgents: 2, agents: 2, siteAnswers: null } },
    },
  ]);
});

test('each site is judged by itself', () => {
  const lost = [silent('a2', null), silent('a1', false), silent('a3', null)];
  const found = sitesCutOff(viewOf(topology, lost), lost);
  expect(found.map(({ subject, evidence }) => [subject.id, evidence.seen['siteAnswers']])).toEqual([
    ['two', null],
    ['one', false],
  ]);
});

test('what is not known of any agent is not known of the site, and is as grave as its agents', () => {
  const lost = [silent('a1', false, { verdict: 'unknown', severity: 'critical' })];
  expect(sitesCutOff(viewOf(topology, lost), lost)).toMatchObject([{ verdict: 'unknown', severity: 'critical' }]);
});

test('an agent that was given another site is counted where its silence is known', () => {
  const moved = [silent('a1', false)];
  expect(sitesCutOff(viewOf(fleet({}, {}, []), moved), moved)).toMatchObject([
    { evidence: { text: FROM_OUTSIDE, seen: { silentAgents: 1, agents: 0 } } },
  ]);
});

test('nothing where it is not watched', () => {
  const lost = [silent('a1', false), silent('a2', false), silent('a3', false)];
  const view = viewOf(topology, lost, [{ kind: 'site-wan-down', scope: 'site', scopeId: 'one', off: true }]);
  expect(sitesCutOff(view, lost).map(({ subject }) => subject.id)).toEqual(['two']);
});
