import { exceeds, mayLimitTo, type Places, type Rights } from '../rights/index.ts';

/** The role without which an operator has nobody who answers for it. */
export const OWNER = 'owner';

/** What someone may do, and where; null places are the whole operator. */
export interface Granted {
  /** Null: their role is not there any more, so they may do nothing. */
  rights: Rights | null;
  limitedTo: Places | null;
}

/** A member as far as these rules need them. */
export interface MemberFacts extends Granted {
  userId: string;
  role: string;
  removed: boolean;
}

export const MEMBERSHIP_REFUSALS = ['own-membership', 'beyond-own-rights', 'last-owner'] as const;
/**
 * `own-membership`: nobody changes their own role or removes themselves. `beyond-own-rights`: nobody gives or takes what they
 * may not do themselves, so that only an owner makes, changes or removes an owner. `last-owner`: an operator keeps an owner.
 */
export type MembershipRefusal = (typeof MEMBERSHIP_REFUSALS)[number];

interface Attempt {
  actor: MemberFacts;
  member: MemberFacts;
  /** How many owners the operator has, removed ones not counted. */
  owners: number;
  /** Sites of the actor's customers: an actor with a limit may limit others to them. */
  ownSiteIds: ReadonlySet<string>;
}

/** Why the actor may not give the member this role at these places; null where they may. */
export function refusalOfRole(attempt: Attempt, wanted: Granted & { role: string }): MembershipRefusal | null {
  const { actor, member, owners, ownSiteIds } = attempt;
  if (actor.userId === member.userId) return 'own-membership';
  const refusal = refusalOfGrant(actor, member, ownSiteIds) ?? refusalOfGrant(actor, wanted, ownSiteIds);
  if (refusal !== null) return refusal;
  const staysOwner = wanted.role === OWNER && wanted.limitedTo === null;
  return !staysOwner && isLastOwner(member, owners) ? 'last-owner' : null;
}

/** Why the actor may not remove the member; null where they may. */
export function refusalOfRemoval({ actor, member, owners, ownSiteIds }: Attempt): MembershipRefusal | null {
  if (actor.userId === member.userId) return 'own-membership';
  const refusal = refusalOfGrant(actor, member, ownSiteIds);
  if (refusal !== null) return refusal;
  return isLastOwner(member, owners) ? 'last-owner' : null;
}

/** Why the actor may not let anybody have these rights at these places; null where they may. */
export function refusalOfGrant(
  actor: Granted,
  wanted: Granted,
  ownSiteIds: ReadonlySet<string>,
): MembershipRefusal | null {
  if (actor.rights === null) return 'beyond-own-rights';
  const isMore = wanted.rights !== null && exceeds(actor.rights, wanted.rights).length > 0;
  return isMore || !mayLimitTo(actor.limitedTo, wanted.limitedTo, ownSiteIds) ? 'beyond-own-rights' : null;
}

/** Whether the operator would have no owner without this one. */
export const isLastOwner = (member: MemberFacts, owners: number): boolean =>
  member.role === OWNER && !member.removed && owners <= 1;
