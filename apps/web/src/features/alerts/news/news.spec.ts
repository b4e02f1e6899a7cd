import type { IncidentSummary } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { isWanted, newsOf, notificationText, spoken } from './news.ts';

const start = Date.parse('2026-11-23T12:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const incident = {
  id: 'i',
  title: 'Line out of service',
  severity: 'critical',
  state: 'open',
  attention: 'open',
  announcedAt: at(5),
  resolvedAt: null,
  why: 'Short circuit.',
  place: {
    customer: { id: 'c', name: 'Birch' },
    site: { id: 's', name: 'North', timeZone: 'UTC' },
    agent: null,
    gateway: null,
    port: null,
  },
} as unknown as IncidentSummary;
const over = { state: 'resolved', attention: 'resolved', resolvedAt: at(60) } as const;

describe('what is news', () => {
  test.for<[string, Partial<IncidentSummary>, [string, 'open' | 'resolved'][], 'began' | 'ended' | null]>([
    ['a new one', {}, [], 'began'],
    ['the same again', {}, [['i', 'open']], null],
    ['one from before', { announcedAt: at(-5) }, [], null],
    ['one that somebody has acknowledged already', { attention: 'acknowledged' }, [], null],
    ['the end of one that was heard of', over, [['i', 'open']], 'ended'],
    ['the end of one from before', over, [], 'ended'],
    ['an end from before', { ...over, resolvedAt: at(-5) }, [], null],
    ['the same end again', over, [['i', 'resolved']], null],
    ['back again after its end, as the same incident', {}, [['i', 'resolved']], null],
  ])('%s', ([, change, heard, news]) => {
    expect(newsOf({ ...incident, ...change }, new Map(heard), start)).toBe(news);
  });
});

test.for([
  ['critical', 'off', false],
  ['critical', 'critical', true],
  ['major', 'critical', false],
  ['major', 'major', true],
  ['minor', 'major', false],
  ['info', 'all', true],
] as const)('a %s one when asked for "%s": %s', ([severity, level, wanted]) => {
  expect(isWanted(severity, level)).toBe(wanted);
});

test('a screen reader is told of grave ones, begun and over', () => {
  expect(spoken(incident, 'began')).toBe('New critical incident: Line out of service, Birch › North.');
  expect(spoken(incident, 'ended')).toBe('Resolved: Line out of service, Birch › North.');
  expect(spoken({ ...incident, severity: 'minor' }, 'began')).toBeNull();
});

test('a notification says what, where and why', () => {
  expect(notificationText(incident)).toEqual({
    title: 'Critical: Line out of service',
    body: 'Birch › North\nShort circuit.',
  });
});
