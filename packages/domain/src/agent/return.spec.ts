import { expect, test } from 'vitest';
import { judgeReturn, RETURN_APPROVED_MS, RETURN_BY_KEY_MS, type ReturnFacts } from './return.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const DAY_MS = 86_400_000;
const facts: ReturnFacts = {
  revoked: false,
  superseded: false,
  conflict: false,
  expiredAtMs: NOW - DAY_MS,
  decision: null,
};
const approved = (agoMs: number) => ({ approved: true, atMs: NOW - agoMs });
const refused = { approved: false, atMs: NOW - 100 * DAY_MS };
const long = NOW - RETURN_BY_KEY_MS - 1;

test.for<[string, Partial<ReturnFacts>, string]>([
  ['expired yesterday', {}, 'renew'],
  ['not expired at all', { expiredAtMs: NOW + DAY_MS }, 'renew'],
  ['30 days ago, which an agent that was off for 30 days is at most', { expiredAtMs: NOW - RETURN_BY_KEY_MS }, 'renew'],
  ['longer ago', { expiredAtMs: long }, 'ask away-too-long'],
  ['longer ago, approved', { expiredAtMs: long, decision: approved(0) }, 'renew'],
  [
    'longer ago, approved a week ago',
    { expiredAtMs: long, decision: approved(RETURN_APPROVED_MS) },
    'ask away-too-long',
  ],
  ['a later certificate was used', { superseded: true }, 'ask older-key'],
  ['a later one was used, approved', { superseded: true, decision: approved(DAY_MS) }, 'renew'],
  ['two machines', { conflict: true }, 'ask identity-used-twice'],
  ['two machines, approved', { conflict: true, decision: approved(DAY_MS) }, 'renew'],
  ['refused by a person', { decision: refused }, 'refuse refused'],
  ['revoked', { revoked: true }, 'refuse revoked'],
  ['revoked after it was approved', { revoked: true, decision: approved(0) }, 'refuse revoked'],
  [
    'revoked and two machines',
    { revoked: true, superseded: true, conflict: true, expiredAtMs: long },
    'refuse revoked',
  ],
])('a proven key whose certificate is: %s', ([, rest, expected]) => {
  const found = judgeReturn({ ...facts, ...rest }, NOW);
  expect([found.verdict, 'reason' in found ? found.reason : ''].join(' ').trim()).toBe(expected);
});
