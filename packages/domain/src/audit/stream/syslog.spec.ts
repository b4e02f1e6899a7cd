import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syslogEntry, syslogTest } from './syslog.ts';

const entry = {
  id: '41',
  seq: 7,
  operatorId: '0190a5c0-0000-7000-8000-000000000002',
  at: '2026-12-02T13:00:00.123Z',
  verb: 'update',
  subjectType: 'site',
  subjectId: 's1',
};
/** The grammar of RFC 5424, section 6, as far as these messages use it. */
const GRAMMAR =
  /^<(\d{1,3})>1 (\S+) ([\x21-\x7e]{1,255}) loopstart - (audit|test) \[loopstart@32473((?: \w+="(?:[^"\\\]]|\\["\\\]])*")*)\] \uFEFF([^]*)$/u;

test('an entry is one message with its place, its id and its JSON', () => {
  expect(syslogEntry(entry, 'loopstart.example', '{"seq":7}')).toBe(
    '<109>1 2026-12-02T13:00:00.123Z loopstart.example loopstart - audit [loopstart@32473 id="41" seq="7" operator="0190a5c0-0000-7000-8000-000000000002" verb="update" subjectType="site" subjectId="s1"] \uFEFF{"seq":7}',
  );
});

describe('priority', () => {
  test.for([
    ['update', '<109>1'],
    ['sign-in-refused', '<108>1'],
  ] as const)('%s is %s', ([verb, start]) => {
    expect(syslogEntry({ ...entry, verb }, 'h', '{}').startsWith(start)).toBe(true);
  });
});

test('whatever the values are, a message keeps to the grammar and its values come back', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (subjectId, host, text) => {
      const [, , , name, , data, json] = GRAMMAR.exec(syslogEntry({ ...entry, subjectId }, host, text)) ?? [];
      expect(name).toBeDefined();
      expect(json).toBe(text);
      const value = / subjectId="((?:[^"\\\]]|\\["\\\]])*)"/.exec(data!)![1]!;
      expect(value.replace(/\\(["\\\]])/g, '$1')).toBe(subjectId);
    }),
  );
});

test('a test is told from an entry', () => {
  expect(GRAMMAR.exec(syslogTest('s1', entry.at, ''))?.slice(3, 6)).toEqual(['-', 'test', ' stream="s1"']);
});
