import type { ConfigTimelineItem } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { type Mark, withMarks } from './marked.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 11, 10, 12, minute)).toISOString();
const revision = (minute: number): ConfigTimelineItem => ({
  kind: 'revision',
  at: at(minute),
  by: 'Ann',
  reason: `at ${minute}`,
  revision: minute,
  name: 'R',
  rolledBackTo: null,
  changes: [],
  changesTotal: 0,
});
const mark = (minute: number): Mark => ({ id: `m${minute}`, title: 'No dial tone', href: '/', at: at(minute) });
const words = (rows: ReturnType<typeof withMarks>) =>
  rows.map((row) => (row.kind === 'mark' ? row.mark.id : `${row.item.reason}, ${row.beforeMs}`));

describe('changes beside the beginning of an incident', () => {
  test('are in one order, and each says how long before it was', () => {
    expect(words(withMarks([revision(30), revision(10)], [mark(20)], true))).toEqual([
      'at 30, null',
      'm20',
      'at 10, 600000',
    ]);
  });

  test('at the same time count as before it', () => {
    expect(words(withMarks([revision(20)], [mark(20)], true))).toEqual(['m20', 'at 20, 0']);
  });

  test('count to the first of several incidents after them', () => {
    expect(words(withMarks([revision(10)], [mark(50), mark(20)], true))).toEqual(['m50', 'm20', 'at 10, 600000']);
  });

  test('say nothing of an incident that is older than what is loaded, until all is loaded', () => {
    expect(words(withMarks([revision(30)], [mark(20)], false))).toEqual(['at 30, null']);
    expect(words(withMarks([revision(30)], [mark(20)], true))).toEqual(['at 30, null', 'm20']);
    expect(words(withMarks([], [mark(20)], true))).toEqual(['m20']);
  });
});
