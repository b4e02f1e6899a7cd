import type { SsoDomain } from '@loopstart/contracts';
import { lostAt, recordOf } from '@loopstart/domain';
import { type DomainRow, isSpeaking } from './domain.repository.ts';

/** A domain as people see it. */
export function toDomain(row: DomainRow, now: number): SsoDomain {
  const { proof } = row;
  const counts = isSpeaking(row, now);
  const until = proof.state === 'proven' ? lostAt(proof) : proof.countsUntil;
  return {
    domain: row.domain,
    state: proof.state,
    since: new Date(proof.since).toISOString(),
    record: recordOf(row.token),
    counts,
    countsUntil: counts && until !== null ? new Date(until).toISOString() : null,
    isTaken: row.isTaken,
    lastLookup: row.lastLookup,
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}
