import type { Ownership, Policy } from '@loopstart/contracts';
import { ownershipOf, reachOf, type ReachWorld } from '@loopstart/domain';
import type { StoredPolicy } from '../escalation/index.ts';

/** Horizon within which a policy must reach somebody. */
export const REACH_AHEAD_MS = 7 * 86_400_000;

/** A policy in the contract's form, with whom it reaches from `now` on. */
export function policyView(stored: StoredPolicy, world: ReachWorld, now: number): Policy {
  const { locked, libraryVersion, ...policy } = stored;
  const reach = reachOf(policy, world, now, now + REACH_AHEAD_MS);
  return {
    ...(policy as Omit<Policy, 'reach' | keyof Ownership>),
    ...ownershipOf({ locked, libraryVersion }),
    reach: {
      ok: reach.level === 'always',
      problems: reach.problems.map(({ code, text, at }) => ({
        code,
        text,
        at: at === null ? null : new Date(at).toISOString(),
      })),
    },
  };
}
