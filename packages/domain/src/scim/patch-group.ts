import { matchesElement } from './filter.ts';
import {
  neededText,
  type PatchOperation,
  type PatchStep,
  type ReadPath,
  refuseUnknown,
  stepsOf,
  textOf,
} from './operation.ts';
import { type DirectoryGroup, DIRECTORY_PEOPLE_MAX } from './person.ts';
import { PatchRefusal } from './refusal.ts';

/** The group after a patch: all of it, or a PatchRefusal is thrown. */
export function patchGroup(
  group: DirectoryGroup,
  operations: readonly PatchOperation[],
  read: ReadPath,
): DirectoryGroup {
  return stepsOf(operations, read).reduce((now, step) => take(now, step), group);
}

function take(group: DirectoryGroup, step: PatchStep): DirectoryGroup {
  const { op, path, value } = step;
  if (path.attribute === 'members') return { ...group, members: patchMembers(group.members, step) };
  if (path.filter === null && path.sub === null) {
    if (path.attribute === 'displayname')
      return { ...group, displayName: neededText(op === 'remove' ? null : value, 'displayName') };
    if (path.attribute === 'externalid')
      return { ...group, externalId: textOf(op === 'remove' ? null : value, 'externalId') };
  }
  refuseUnknown(step);
  return group;
}

function patchMembers(members: readonly string[], { op, path, value }: PatchStep): readonly string[] {
  const { filter, sub } = path;
  if (sub !== null) throw new PatchRefusal('mutability', 'A member is added or removed, not changed.');
  if (filter !== null) {
    if (op !== 'remove') throw new PatchRefusal('mutability', 'A member is added or removed, not changed.');
    return members.filter((id) => !matchesElement(filter, { value: id }));
  }
  if (op === 'remove') {
    // Entra ID names those who leave in the value; without one all leave.
    if (value === undefined || value === null) return [];
    const leaving = new Set(memberIdsOf(value));
    return members.filter((id) => !leaving.has(id));
  }
  return memberIdsOf(op === 'add' ? [...members.map((id) => ({ value: id })), ...listOf(value)] : value);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** The ids of a list of members, or of one, each once. Throws PatchRefusal. */
export function memberIdsOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  const ids = listOf(value).map((one) => {
    if (typeof one !== 'object' || one === null)
      throw new PatchRefusal('invalidValue', '"members" is a list of objects with a value.');
    return neededText((one as { value?: unknown }).value, 'members.value').toLowerCase();
  });
  const unique = [...new Set(ids)];
  if (unique.length > DIRECTORY_PEOPLE_MAX)
    throw new PatchRefusal('invalidValue', `A group has at most ${DIRECTORY_PEOPLE_MAX} members.`);
  return unique;
}
