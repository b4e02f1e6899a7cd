const DAY_MS = 86_400_000;

/** So long after its certificate expired an agent comes back by proving its key alone. */
export const RETURN_BY_KEY_MS = 30 * DAY_MS;
/** So long after a person approved it an agent may fetch its certificate. */
export const RETURN_APPROVED_MS = 7 * DAY_MS;

/** Why a person has to approve the return of an agent that has proven its key. */
export const RETURN_REASONS = ['away-too-long', 'older-key', 'identity-used-twice'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** What is stored of the certificate whose key a caller has proven, of its agent, and of a person's decision on that key. */
export interface ReturnFacts {
  revoked: boolean;
  /** A later certificate of the agent was used: whoever has this one is behind. */
  superseded: boolean;
  /** Two machines used the identity, and nobody has settled that. */
  conflict: boolean;
  expiredAtMs: number;
  decision: { approved: boolean; atMs: number } | null;
}

export type ReturnVerdict =
  | { verdict: 'renew' }
  | { verdict: 'ask'; reason: ReturnReason }
  | { verdict: 'refuse'; reason: 'revoked' | 'refused' };

/**
 * Whether an agent gets a certificate for its old key. Who is behind the key is proven before; this decides whether the
 * key may still speak for the agent. Pure.
 */
export function judgeReturn(facts: ReturnFacts, nowMs: number): ReturnVerdict {
  const { decision } = facts;
  if (facts.revoked) return { verdict: 'refuse', reason: 'revoked' };
  if (decision?.approved === false) return { verdict: 'refuse', reason: 'refused' };
  if (decision !== null && nowMs - decision.atMs < RETURN_APPROVED_MS) return { verdict: 'renew' };
  if (facts.superseded) return { verdict: 'ask', reason: 'older-key' };
  if (facts.conflict) return { verdict: 'ask', reason: 'identity-used-twice' };
  if (nowMs - facts.expiredAtMs > RETURN_BY_KEY_MS) return { verdict: 'ask', reason: 'away-too-long' };
  return { verdict: 'renew' };
}
