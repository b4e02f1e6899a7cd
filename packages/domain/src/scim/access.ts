import type { MappedOutcome, MappedRole } from '../sso/role-mapping.ts';

export interface AccessFacts {
  /** What the directory wants. */
  active: boolean;
  /** The member whom the person is; null: none yet. `endedHere`: it was provisioning that ended the membership. */
  member: { removed: boolean; endedHere: boolean } | null;
  /** What the rules of the connection say of their groups. */
  mapped: MappedOutcome;
  /** A group that the person was in was taken from them, renamed or deleted. */
  leftGroup: boolean;
}

export type WaitReason = 'groups-missing' | 'no-matching-group' | 'no-role';

export type DirectoryDecision =
  /** Nothing is to change. */
  | { kind: 'stay' }
  /** Not a member yet: who they are here is to be decided. Null: an invitation would have to give the role. */
  | { kind: 'admit'; role: MappedRole | null }
  /** No role is theirs: they do not come in. */
  | { kind: 'wait'; reason: WaitReason }
  /** The member gets the role of their groups, where rules give one. */
  | { kind: 'keep' }
  /** The membership begins again, with the role of their groups, where rules give one. */
  | { kind: 'restore' }
  | { kind: 'end'; reason: 'inactive' | 'no-matching-group' }
  /** A colleague removed them: no directory brings them back. */
  | { kind: 'removed-by-hand' };

/**
 * What becomes of a person of a directory. Only what the directory says ends a membership: that they are not active, or that a
 * group which they were in is not theirs any more. Who is in no group yet loses nothing: directories send people before groups.
 */
export function decideAccess({ active, member, mapped, leftGroup }: AccessFacts): DirectoryDecision {
  if (!active) return member === null || member.removed ? { kind: 'stay' } : { kind: 'end', reason: 'inactive' };
  if (member === null) {
    if (mapped.kind === 'refused') return { kind: 'wait', reason: mapped.reason };
    return { kind: 'admit', role: mapped.kind === 'role' ? mapped.role : mapped.newcomer };
  }
  if (member.removed && !member.endedHere) return { kind: 'removed-by-hand' };
  const noMatch = mapped.kind === 'refused' && mapped.reason === 'no-matching-group';
  if (member.removed) return noMatch ? { kind: 'wait', reason: 'no-matching-group' } : { kind: 'restore' };
  return noMatch && leftGroup ? { kind: 'end', reason: 'no-matching-group' } : { kind: 'keep' };
}
