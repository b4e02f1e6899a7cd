import type { AuditVerification } from '@loopstart/contracts';
import { CHAIN_BREAKS } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { breakWords, verdictWords, vouchedWords } from './verification-words.ts';

const found = (changes: Partial<AuditVerification>): AuditVerification => ({
  verdict: 'unbroken',
  entries: 12_345,
  first: { seq: 1, at: '2026-11-01T00:00:00.000Z' },
  last: { seq: 12_345, at: '2026-11-30T00:00:00.000Z' },
  deletedUpTo: null,
  beforeChain: 0,
  erased: 0,
  heads: { matching: 2, total: 2, lastSeq: 12_345, lastAt: null, keyId: 'ab12' },
  breaks: [],
  breaksTotal: 0,
  ...changes,
});

test.for<[Partial<AuditVerification>, string]>([
  [{}, '12,345 entries, unbroken from number 1 to 12,345.'],
  [{ verdict: 'empty', entries: 0, first: null, last: null }, 'There are no entries to verify yet.'],
  [
    { verdict: 'broken', breaksTotal: 1 },
    'The trail is broken in 1 place. 12,345 entries were verified, number 1 to 12,345.',
  ],
  [{ verdict: 'broken', breaksTotal: 1, entries: 0, first: null, last: null }, 'The trail is broken in 1 place.'],
])('%o', ([changes, words]) => expect(verdictWords(found(changes))).toBe(words));

test.for<[Partial<AuditVerification>, string[]]>([
  [{}, ['2 of 2 signed heads match (key ab12).']],
  [
    { heads: { matching: 1, total: 1, lastSeq: 12_300, lastAt: null, keyId: 'ab12' } },
    [
      '1 of 1 signed head matches (key ab12).',
      'The last 45 entries came after it: the chain alone vouches for them until the next signature.',
    ],
  ],
  [
    {
      heads: { matching: 0, total: 0, lastSeq: null, lastAt: null, keyId: 'ab12' },
      deletedUpTo: 7,
      erased: 2,
      beforeChain: 1,
    },
    [
      'No head has been signed yet: the first is signed within a day.',
      'Entries up to number 7 were deleted because of their age; a signed head vouches for that.',
      'Personal parts of 2 entries were erased, as is on record.',
      '1 entry is from before there was a chain: nothing shows whether it was changed.',
    ],
  ],
])('what vouches for it: %o', ([changes, words]) => expect(vouchedWords(found(changes))).toEqual(words));

test.for(CHAIN_BREAKS)('%s says what is so and what it means', (kind) => {
  const { what, means } = breakWords({ kind, seq: 7, count: 2, at: null, entryId: null });
  expect(what).toMatch(/^[A-Z\d].*\.$/);
  expect(means).toMatch(/^[A-Z\d].*\.$/);
});
