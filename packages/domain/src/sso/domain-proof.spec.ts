import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DomainProof,
  judgeDomain,
  LOSS_GRACE_MS,
  LOSS_LOOKUPS,
  lostAt,
  recordOf,
  speaksFor,
  TXT_LOOKUPS,
  type TxtLookup,
} from './domain-proof.ts';

const NOW = Date.UTC(2026, 11, 5);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const pending: DomainProof = { state: 'pending', since: NOW, absent: null, countsUntil: null };
const proven: DomainProof = { ...pending, state: 'proven' };
const free = { isTaken: false };

/** Looks up on these days; the notices, and what is left. */
function walk(start: DomainProof, lookups: readonly (readonly [days: number, lookup: TxtLookup])[]) {
  const notices: (string | null)[] = [];
  let proof = start;
  for (const [days, lookup] of lookups) {
    const judged = judgeDomain(proof, lookup, { ...free, now: NOW + days * DAY_MS });
    notices.push(judged.notice);
    proof = judged.proof;
  }
  return { proof, notices };
}

test('the record names the token', () => expect(recordOf('abc')).toBe('loopstart-verification=abc'));

describe('a domain', () => {
  test('is proven by its record, at once and since then', () => {
    const { proof } = judgeDomain({ ...pending, countsUntil: NOW + 1 }, 'seen', { ...free, now: NOW + 5 });
    expect(proof).toEqual({ state: 'proven', since: NOW + 5, absent: null, countsUntil: null });
    expect(speaksFor(proof, NOW + 1e12)).toBe(true);
  });

  test('that another operator has proven stays as it is', () => {
    const { proof } = judgeDomain(pending, 'seen', { isTaken: true, now: NOW });
    expect(proof).toBe(pending);
  });

  test('of before proofs counts for its grace, and its owners are notified once', () => {
    const former = { ...pending, countsUntil: NOW + 30 * DAY_MS };
    const { proof, notices } = walk(former, [
      [0, 'no-answer'],
      [1, 'absent'],
      [2, 'absent'],
      [29, 'absent'],
    ]);
    expect(notices).toEqual([null, 'unproven', null, null]);
    expect([29, 30].map((days) => speaksFor(proof, NOW + days * DAY_MS))).toEqual([true, false]);
  });

  test('is lost after a week of absence, of which its owners were notified before', () => {
    const days = [0, 1, 2, 3, 4, 5, 6, 7];
    const { proof, notices } = walk(
      proven,
      days.map((day) => [day, 'absent'] as const),
    );
    expect(notices).toEqual(['missing', null, null, null, null, null, null, 'lost']);
    expect(proof).toMatchObject({ state: 'lost', since: NOW + 7 * DAY_MS });
    expect(speaksFor(proof, NOW + 8 * DAY_MS)).toBe(false);
    expect(judgeDomain(proof, 'seen', { ...free, now: NOW + 9 * DAY_MS }).proof.state).toBe('proven');
  });

  test('is not lost while DNS does not answer, however long', () => {
    const { proof } = walk(proven, [
      [0, 'absent'],
      ...Array.from({ length: 60 }, (_, day) => [day + 1, 'no-answer'] as const),
    ]);
    expect(proof.state).toBe('proven');
    expect(lostAt(proof)).toBe(NOW + LOSS_GRACE_MS);
  });

  test('that is seen again begins anew', () => {
    const { proof, notices } = walk(proven, [
      [0, 'absent'],
      [6, 'seen'],
      [7, 'absent'],
      [8, 'absent'],
    ]);
    expect(notices).toEqual(['missing', null, 'missing', null]);
    expect(proof).toMatchObject({ state: 'proven', absent: { since: NOW + 7 * DAY_MS, times: 2 } });
  });

  test('looked up by hand many times counts one absence', () => {
    let proof = proven;
    for (let minute = 0; minute < 60; minute += 1)
      proof = judgeDomain(proof, 'absent', { ...free, now: NOW + minute * 60_000 }).proof;
    expect(proof.absent?.times).toBe(1);
    expect(judgeDomain(proof, 'absent', { ...free, now: NOW + 8 * DAY_MS }).proof.state).toBe('proven');
  });
});

test('no domain is lost but by absence on three days over a week', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 48 }), fc.constantFrom(...TXT_LOOKUPS)), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (all) => {
      let proof = proven;
      let now = NOW;
      let absences: number[] = [];
      for (const [hours, lookup] of all) {
        now += hours * HOUR_MS;
        if (lookup === 'seen') absences = [];
        if (lookup === 'absent') absences.push(now);
        const before = proof.state;
        proof = judgeDomain(proof, lookup, { ...free, now }).proof;
        if (before !== 'proven' || proof.state !== 'lost') continue;
        expect(absences.length).toBeGreaterThanOrEqual(LOSS_LOOKUPS);
        expect(now - absences[0]!).toBeGreaterThanOrEqual(LOSS_GRACE_MS);
      }
    }),
  );
});
