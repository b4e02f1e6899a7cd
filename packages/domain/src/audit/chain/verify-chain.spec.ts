import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CHAIN_START, type ChainAuthor, commitmentTo, digestOf, hashOf, type Sha256 } from './link.ts';
import { type ChainAnchor, type ChainEntry, ChainVerifier, ERASED_NAME, type HeadStatement } from './verify-chain.ts';

const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');
const OPERATOR = 'oak';
type Head = HeadStatement & { signed: boolean };

/** An entry as it is written: `index` counts from 0. */
function entryAfter(before: ChainAnchor, changes: Partial<ChainEntry> = {}): ChainEntry {
  const seq = before.seq + 1;
  const salt = String(seq).padStart(32, '0');
  const author = { name: `Person ${seq % 2}`, address: '192.0.2.1', userAgent: null };
  const details = { change: { name: `Site ${seq}` }, before: null };
  const entry = {
    id: String(100 + seq),
    operatorId: OPERATOR,
    at: `2026-11-${String(seq).padStart(2, '0')}T00:00:00.000Z`,
    userId: `user-${seq % 2}`,
    requestId: null,
    verb: 'update',
    subjectType: 'site',
    subjectId: 'site-1',
    author: { value: author, salt, commitment: commitmentTo(sha256, salt, author) },
    details: { value: details, salt, commitment: commitmentTo(sha256, salt, details) },
    seq,
    previous: before.hash,
    ...changes,
  };
  const digest = digestOf(sha256, entry, { author: entry.author.commitment, details: entry.details.commitment });
  return { ...entry, hash: hashOf(sha256, { digest, previous: entry.previous, seq }) };
}

function chainOf(
  length: number,
  special: Record<number, Partial<ChainEntry>> = {},
  from: ChainAnchor = START,
): ChainEntry[] {
  const entries: ChainEntry[] = [];
  for (let at = from; entries.length < length; at = entries.at(-1)!) entries.push(entryAfter(at, special[at.seq + 1]));
  return entries;
}

const START: ChainAnchor = { seq: 0, hash: CHAIN_START };
const headOf = ({ seq, hash }: ChainAnchor, changes: Partial<Head> = {}): Head => ({
  operatorId: OPERATOR,
  reason: 'day',
  seq,
  hash,
  at: '2026-11-30T00:00:00.000Z',
  signed: true,
  ...changes,
});

interface Case {
  entries?: ChainEntry[];
  heads?: Head[];
  anchor?: ChainAnchor;
  end?: ChainAnchor | null;
  unplaced?: number;
  partial?: boolean;
}

function verdictOf({
  entries = chainOf(6),
  heads = [],
  anchor = START,
  end = null,
  unplaced = 0,
  partial = false,
}: Case) {
  const verifier = new ChainVerifier(sha256, { operatorId: OPERATOR, anchor, heads, partial });
  for (const entry of entries) verifier.take(entry);
  return verifier.finish(end, unplaced);
}

const found = (given: Case) =>
  verdictOf(given).breaks.map(({ kind, seq, count }) => [kind, seq, ...(count === null ? [] : [count])]);

const whole = chainOf(6);
const changedAt = (index: number, change: (entry: ChainEntry) => ChainEntry) =>
  whole.map((entry, at) => (at === index ? change(entry) : entry));
const noAuthor: ChainAuthor = { name: ERASED_NAME, address: null, userAgent: null };
const erased = (entry: ChainEntry): ChainEntry => ({
  ...entry,
  author: { ...entry.author, value: noAuthor, salt: null },
});

test('a chain as it was written', () => {
  const verdict = verdictOf({ entries: whole, heads: [headOf(whole[2]!), headOf(whole[5]!)], end: whole[5]! });
  expect(verdict).toEqual({
    entries: 6,
    first: { seq: 1, at: '2026-11-01T00:00:00.000Z' },
    last: { seq: 6, at: '2026-11-06T00:00:00.000Z' },
    erased: 0,
    heads: { matching: 2, total: 2, lastSeq: 6 },
    breaks: [],
    breaksTotal: 0,
  });
});

test('no entries', () => expect(verdictOf({ entries: [] })).toMatchObject({ entries: 0, first: null, breaks: [] }));

const facts = ['operatorId', 'at', 'userId', 'requestId', 'verb', 'subjectType', 'subjectId'] as const;
test.for(facts)('another %s is a change', (field) => {
  expect(found({ entries: changedAt(2, (entry) => ({ ...entry, [field]: 'x' })) })).toEqual([['changed', 3]]);
});

test.for<[string, Case, unknown[]]>([
  [
    'another author',
    { entries: changedAt(2, (e) => ({ ...e, author: { ...e.author, value: { ...e.author.value, name: 'x' } } })) },
    [['changed', 3]],
  ],
  [
    'other details',
    { entries: changedAt(2, (e) => ({ ...e, details: { ...e.details, value: { change: {}, before: null } } })) },
    [['changed', 3]],
  ],
  ['a deleted first entry', { entries: whole.slice(1) }, [['missing', 1, 1]]],
  ['deleted entries', { entries: whole.toSpliced(2, 2) }, [['missing', 3, 2]]],
  ['a deleted end that the database knows', { entries: whole.slice(0, 4), end: whole[5]! }, [['end-missing', 5, 2]]],
  [
    'a deleted end that a head knows',
    { entries: whole.slice(0, 4), heads: [headOf(whole[5]!)] },
    [['end-missing', 5, 2]],
  ],
  ['everything deleted', { entries: [], end: whole[5]! }, [['end-missing', 1, 6]]],
  [
    'two entries in each other’s place',
    { entries: [whole[1]!, whole[0]!, ...whole.slice(2)] },
    [
      ['missing', 1, 1],
      ['moved', 1],
      ['missing', 2, 1],
    ],
  ],
  ['an entry twice', { entries: whole.toSpliced(3, 0, whole[2]!) }, [['moved', 3]]],
  [
    'an entry written anew at its place',
    { entries: changedAt(2, () => entryAfter(whole[1]!, { verb: 'delete' })) },
    [['moved', 4]],
  ],
  [
    'a chain written anew from one entry on, with a head of before',
    { entries: chainOf(6, { 3: { verb: 'delete' } }), heads: [headOf(whole[1]!), headOf(whole[4]!)] },
    [['head-differs', 5]],
  ],
  ['a head that nobody signed', { heads: [headOf(whole[2]!, { signed: false })] }, [['head-signature', 3]]],
  ['entries without a place', { unplaced: 2 }, [['not-chained', 6, 2]]],
  ['a part taken away without a record', { entries: changedAt(2, erased) }, [['erased-without-record', 3]]],
  [
    'an erased part that says something',
    { entries: changedAt(2, (e) => ({ ...e, author: { ...e.author, salt: null } })) },
    [
      ['changed', 3],
      ['erased-without-record', 3],
    ],
  ],
  ['a beginning that nobody signed', { entries: whole.slice(3), anchor: whole[2]! }, [['beginning', 3, 3]]],
  [
    'a beginning with the head of a day',
    { entries: whole.slice(3), anchor: whole[2]!, heads: [headOf(whole[2]!)] },
    [['beginning', 3, 3]],
  ],
])('%s is found', ([, given, expected]) => expect(found(given)).toEqual(expected));

test('a beginning that was signed for a deletion is none of a break', () => {
  const heads = [headOf(whole[2]!, { reason: 'retention' })];
  expect(verdictOf({ entries: whole.slice(3), anchor: whole[2]!, heads })).toMatchObject({
    breaks: [],
    heads: { matching: 1, total: 1 },
  });
});

test('erased parts that are on record are counted and keep the chain whole', () => {
  const entries = chainOf(6, { 6: { verb: 'erase', subjectType: 'person', subjectId: 'user-1', userId: 'user-0' } });
  const mine = entries.map((entry) => (entry.userId === 'user-1' ? erased(entry) : entry));
  expect(verdictOf({ entries: mine })).toMatchObject({ breaks: [], erased: 3 });
  const others = mine.map((entry) => (entry.seq === 2 ? erased(entry) : entry));
  expect(found({ entries: others })).toEqual([['erased-without-record', 2]]);
});

test('entries that match filters are whole each, and none is missed', () => {
  const some = [whole[1]!, whole[4]!];
  expect(verdictOf({ entries: some, partial: true, end: whole[5]! }).breaks).toEqual([]);
  expect(found({ entries: [some[0]!, { ...some[1]!, verb: 'x' }], partial: true })).toEqual([['changed', 5]]);
});

test('the first breaks are listed and all are counted', () => {
  const verdict = verdictOf({ entries: chainOf(60).map((entry) => ({ ...entry, verb: 'x' })) });
  expect([verdict.breaks.length, verdict.breaksTotal]).toEqual([20, 60]);
});
