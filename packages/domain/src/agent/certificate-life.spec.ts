import { describe, expect, test } from 'vitest';
import {
  AGENT_CERTIFICATE_MS,
  idShare,
  plannedRenewalAt,
  type RenewalFacts,
  renewalDueAt,
} from './certificate-life.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FROM = Date.parse('2026-11-30T00:00:00Z');
const life = { fromMs: FROM, untilMs: FROM + AGENT_CERTIFICATE_MS };
const agentId = '5f0c2a1e-0000-4000-8000-000000000001';
const planned = plannedRenewalAt(agentId, life);
const facts = (rest: Partial<RenewalFacts> = {}): RenewalFacts => ({
  agentId,
  life,
  tries: { count: 0, lastAtMs: null },
  startedAtMs: FROM,
  staleBeforeMs: null,
  ...rest,
});
const ids = Array.from({ length: 2_000 }, (_, n) => `5f0c2a1e-0000-4000-8000-${String(n).padStart(12, '0')}`);

describe('when a certificate is renewed', () => {
  test('at two thirds of its life, spread evenly by a fifteenth of it, and the same after a restart', () => {
    const shares = ids.map((id) => (renewalDueAt(facts({ agentId: id })) - FROM) / AGENT_CERTIFICATE_MS);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(2 / 3 - 1 / 30);
    expect(Math.max(...shares)).toBeLessThanOrEqual(2 / 3 + 1 / 30);
    // Tenths of the spread hold about as many each.
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const share of shares) tenths[Math.min(9, Math.floor((share - (2 / 3 - 1 / 30)) * 150))]! += 1;
    for (const count of tenths) expect(Math.abs(count - 200)).toBeLessThan(60);
    expect(renewalDueAt(facts({ startedAtMs: FROM + 3 * DAY_MS }))).toBe(planned);
  });

  test.for<[string, Partial<RenewalFacts>, number]>([
    ['as planned', {}, planned],
    ['whatever was tried before it is due', { tries: { count: 1, lastAtMs: FROM } }, planned],
    ['at once where the cloud wants it', { staleBeforeMs: FROM + 1 }, FROM],
    ['as planned where the certificate is as new as wanted', { staleBeforeMs: FROM }, planned],
  ])('%s', ([, rest, expected]) => {
    expect(renewalDueAt(facts(rest))).toBe(expected);
  });

  test('requests without an answer are further and further apart, up to an hour, and closer near the end', () => {
    const spread = 0.75 + idShare(agentId) / 2;
    const waits = [1, 2, 3, 4, 5, 40].map(
      (count) => renewalDueAt(facts({ tries: { count, lastAtMs: planned } })) - planned,
    );
    expect(waits.map((ms) => ms / MINUTE_MS / spread).map(Math.round)).toEqual([5, 10, 20, 40, 60, 60]);
    const near = life.untilMs - 20 * MINUTE_MS;
    expect(renewalDueAt(facts({ tries: { count: 9, lastAtMs: near } })) - near).toBe(2 * MINUTE_MS);
    const after = life.untilMs + DAY_MS;
    expect(renewalDueAt(facts({ tries: { count: 9, lastAtMs: after } })) - after).toBe(MINUTE_MS);
  });

  test('a certificate of 90 days is renewed within a day after the agent was updated, not by all at once', () => {
    const long = { fromMs: FROM, untilMs: FROM + 90 * DAY_MS };
    const startedAtMs = FROM + 10 * DAY_MS;
    const due = ids.map((id) => renewalDueAt(facts({ agentId: id, life: long, startedAtMs })));
    expect(Math.min(...due)).toBeGreaterThanOrEqual(startedAtMs);
    expect(Math.max(...due)).toBeLessThanOrEqual(startedAtMs + DAY_MS);
    const hours = new Set(due.map((at) => Math.floor((at - startedAtMs) / 3_600_000)));
    expect(hours.size).toBe(24);
    // One that is due anyway is not put off.
    const late = renewalDueAt(facts({ life: long, startedAtMs: FROM + 80 * DAY_MS }));
    expect(late).toBeLessThan(FROM + 66 * DAY_MS);
  });
});
