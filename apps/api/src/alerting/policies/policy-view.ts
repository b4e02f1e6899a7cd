import type { Policy } from '@loopstart/contracts';
import { type EscalationPolicy, reachOf, type ReachWorld } from '@loopstart/domain';

/** Horizon within which a policy must reach somebody. */
export const REACH_AHEAD_MS = 7 * 86_400_000;

/** A policy in the contract's form, with whom it reaches from `now` on. */
export function policyView(policy: EscalationPolicy, world: ReachWorld, now: number): Policy {
  const reach = reachOf(policy, world, now, now + REACH_AHEAD_MS);
  return {
    ...(policy as Pick<Policy, Exclude<keyof Policy, 'reach'>>),
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
