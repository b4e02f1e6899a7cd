import { isLastOwner, type MemberFacts, OWNER } from '../people/membership.ts';
import type { Places } from '../rights/index.ts';

/** A role and where it holds, by name: what it permits, the operator's table says when it is given. */
export interface MappedRole {
  role: string;
  /** Null: in the whole operator. */
  limitedTo: Places | null;
}

/** The members of one group have this role. */
export interface RoleRule extends MappedRole {
  group: string;
}

/**
 * How groups of an identity provider become roles. Without rules, roles are given in Loopstart, and the role of `otherwise` is
 * that of people who come for the first time.
 */
export interface RoleMapping {
  rules: readonly RoleRule[];
  /** For people of none of the groups; null: they are refused. */
  otherwise: MappedRole | null;
}

export type MappedOutcome =
  /** Roles are not mapped: a member keeps theirs, a newcomer gets this one; null: there is none for them. */
  | { kind: 'unmapped'; newcomer: MappedRole | null }
  | { kind: 'role'; role: MappedRole; group: string | null }
  | { kind: 'refused'; reason: 'groups-missing' | 'no-matching-group' };

/**
 * The role of a person with these groups: that of the first rule that names one of them. Null groups are not known, which is
 * not the same as none: then nothing is given and nothing is taken.
 */
export function mapRole({ rules, otherwise }: RoleMapping, groups: readonly string[] | null): MappedOutcome {
  if (rules.length === 0) return { kind: 'unmapped', newcomer: otherwise };
  if (groups === null) return { kind: 'refused', reason: 'groups-missing' };
  const rule = rules.find(({ group }) => groups.includes(group));
  if (rule !== undefined)
    return { kind: 'role', role: { role: rule.role, limitedTo: rule.limitedTo }, group: rule.group };
  return otherwise === null
    ? { kind: 'refused', reason: 'no-matching-group' }
    : { kind: 'role', role: otherwise, group: null };
}

/**
 * Whether a member keeps their role whatever a mapping says. An operator keeps an owner; and only a mapping that an owner
 * wrote takes ownership from anybody, because nobody takes rights that they do not have.
 */
export function keepsOwner(
  member: MemberFacts,
  facts: { owners: number; byOwner: boolean },
  mapped: MappedRole,
): boolean {
  if (member.role !== OWNER || (mapped.role === OWNER && mapped.limitedTo === null)) return false;
  return !facts.byOwner || isLastOwner(member, facts.owners);
}

/** The groups of a claim: a list of texts, or one text. Null where the claim is not there or has something else. */
export function groupsOf(claim: unknown): string[] | null {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) && claim.every((one) => typeof one === 'string') ? claim : null;
}
