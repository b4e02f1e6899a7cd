import { isOfDomains } from './email-domain.ts';

export const SSO_REFUSALS = [
  'member-removed',
  'email-missing',
  'email-unverified',
  'email-domain',
  'owner-not-linked',
  'works-elsewhere',
  'linked-otherwise',
  'not-a-member',
] as const;
export type SsoRefusal = (typeof SSO_REFUSALS)[number];

/** Who comes from an identity provider, and what the operator knows about them. */
export interface NewcomerFacts {
  /** The member whom this issuer and subject was linked to; null: none. */
  linked: { removed: boolean } | null;
  /** What the provider says. An address that it does not call verified is not. */
  email: { address: string; verified: boolean } | null;
  /** The domains for which the connection speaks. */
  domains: readonly string[];
  /** The account of the address; null: there is none. */
  account: {
    /** A member of another operator. */
    worksElsewhere: boolean;
    /** Its membership here; null: none. */
    member: { removed: boolean; isOwner: boolean; linkedOtherwise: boolean } | null;
  } | null;
  /** An open invitation to the address. */
  invited: boolean;
  /** People whom nobody invited are made members. */
  provisions: boolean;
}

export type PersonAdmission =
  | { kind: 'known' }
  /** The member of the address is linked from now on. */
  | { kind: 'link' }
  /** A new member, with an account of their own where the address has none. */
  | { kind: 'join'; byInvitation: boolean; account: 'new' | 'known' }
  | { kind: 'refused'; reason: SsoRefusal };

/**
 * Whether the person of an identity provider comes in, and as whom. Known is who has the same issuer and subject. An address
 * links once, under conditions: the provider has verified it, the connection speaks for its domain, and the account belongs
 * to this operator alone. Otherwise the provider of one operator could be anybody of another. Owners link themselves while they
 * are signed in: who may choose the provider would else become the owner.
 */
export function admitPerson(facts: NewcomerFacts): PersonAdmission {
  const { linked, account, invited, provisions } = facts;
  if (linked !== null) return linked.removed ? refused('member-removed') : { kind: 'known' };
  const reason = refusalOfAddress(facts);
  if (reason !== null) return refused(reason);
  const joins = (known: 'new' | 'known'): PersonAdmission =>
    invited || provisions ? { kind: 'join', byInvitation: invited, account: known } : refused('not-a-member');
  if (account === null) return joins('new');
  const { member } = account;
  if (member?.removed === true) return refused('member-removed');
  if (account.worksElsewhere) return refused('works-elsewhere');
  if (member === null) return joins('known');
  if (member.linkedOtherwise) return refused('linked-otherwise');
  return member.isOwner ? refused('owner-not-linked') : { kind: 'link' };
}

/** Why the address that the provider names links nobody; null where it may. */
function refusalOfAddress({ email, domains }: NewcomerFacts): SsoRefusal | null {
  if (email === null) return 'email-missing';
  if (!email.verified) return 'email-unverified';
  return isOfDomains(email.address, domains) ? null : 'email-domain';
}

const refused = (reason: SsoRefusal): PersonAdmission => ({ kind: 'refused', reason });
