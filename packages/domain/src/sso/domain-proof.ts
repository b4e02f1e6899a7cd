/** What a domain's owner puts into DNS, as a TXT record of the domain itself. */
export const recordOf = (token: string): string => `loopstart-verification=${token}`;

const DAY_MS = 86_400_000;
/** How long a domain that was proven still counts while its record is absent. */
export const LOSS_GRACE_MS = 7 * DAY_MS;
/** How often at least its absence was seen by then, on different days. */
export const LOSS_LOOKUPS = 3;
/** Absences that are closer to each other count as one: somebody who presses a button does not hurry the loss. */
const APART_MS = 20 * 3_600_000;
/** How often a domain is looked up. */
export const DOMAIN_CHECK_MS = DAY_MS;

export const DOMAIN_STATES = ['pending', 'proven', 'lost'] as const;
/** `pending`: the record was never seen. `lost`: it was, and is gone for good. */
export type DomainState = (typeof DOMAIN_STATES)[number];

/**
 * What a look-up saw. `absent`: DNS answered, and the record is not there. `no-answer`: it did not answer, or not in order: this
 * is not absence, and changes nothing.
 */
export const TXT_LOOKUPS = ['seen', 'absent', 'no-answer'] as const;
export type TxtLookup = (typeof TXT_LOOKUPS)[number];

/** That an operator owns a domain. Times are in ms since the epoch. */
export interface DomainProof {
  state: DomainState;
  since: number;
  /** Since when, when last and on how many days the record was absent; null: it was not, or it was never looked up. */
  absent: { since: number; last: number; times: number } | null;
  /** Until when a domain of before proofs were asked for counts without one; null: it does not. */
  countsUntil: number | null;
}

/** What owners are notified of. */
export const DOMAIN_NOTICES = ['unproven', 'missing', 'lost'] as const;
export type DomainNotice = (typeof DOMAIN_NOTICES)[number];

/** Whether connections may speak for the domain. */
export const speaksFor = ({ state, countsUntil }: DomainProof, now: number): boolean =>
  state === 'proven' || (countsUntil !== null && now < countsUntil);

/** When a proven domain is lost if its record stays absent; null: it is not missing. */
export const lostAt = ({ state, absent }: DomainProof): number | null =>
  state === 'proven' && absent !== null ? absent.since + LOSS_GRACE_MS : null;

/** What a look-up makes of a proof. A domain that another operator has proven is proven by nobody else. */
export function judgeDomain(
  proof: DomainProof,
  lookup: TxtLookup,
  { isTaken, now }: { isTaken: boolean; now: number },
): { proof: DomainProof; notice: DomainNotice | null } {
  if (lookup === 'no-answer') return { proof, notice: null };
  if (lookup === 'seen') {
    if (proof.state === 'proven') return { proof: { ...proof, absent: null }, notice: null };
    if (isTaken) return { proof, notice: null };
    return { proof: { state: 'proven', since: now, absent: null, countsUntil: null }, notice: null };
  }
  const absent = absentAgain(proof.absent, now);
  const first = proof.absent === null;
  if (proof.state !== 'proven')
    return { proof: { ...proof, absent }, notice: first && speaksFor(proof, now) ? 'unproven' : null };
  if (now - absent.since >= LOSS_GRACE_MS && absent.times >= LOSS_LOOKUPS)
    return { proof: { ...proof, state: 'lost', since: now, absent }, notice: 'lost' };
  return { proof: { ...proof, absent }, notice: first ? 'missing' : null };
}

function absentAgain(before: DomainProof['absent'], now: number): NonNullable<DomainProof['absent']> {
  if (before === null) return { since: now, last: now, times: 1 };
  return now - before.last < APART_MS ? before : { ...before, last: now, times: before.times + 1 };
}
