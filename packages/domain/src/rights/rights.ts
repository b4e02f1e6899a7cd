import { type PermissionName, PERMISSIONS } from './permissions.ts';
import { WHOLE_OPERATOR_ONLY } from './places.ts';
import { isRole, ROLE_TABLE } from './roles.ts';

/** What one person or token may do, as their role says now. */
export interface Rights {
  /** The name of a role of the table, or the id of a role of the operator's own. */
  role: string;
  title: string;
  may: ReadonlySet<PermissionName>;
  /** How many lines one act may touch; null: any number. */
  maxLinesAtOnce: number | null;
  /** Without a limit to places, nothing is seen. */
  limitedOnly: boolean;
  /** The member is limited to places, and lacks what is about the whole operator. */
  limited: boolean;
  /** The person runs the installation, too: may do what PROVIDER_RIGHTS lists. */
  provider?: boolean;
  /** Why the operator is suspended: then nobody may do anything there. */
  suspended?: string;
}

/** A role that an operator made, as it is stored. */
export interface OwnRole {
  title: string;
  permissions: readonly string[];
  maxLinesAtOnce: number | null;
}

const isPermission = (name: string): name is PermissionName => Object.hasOwn(PERMISSIONS, name);

const ofTable = new Map<string, Rights>(
  Object.entries(ROLE_TABLE).map(([role, { title, may, maxLinesAtOnce, limitedOnly }]) => [
    role,
    { role, title, may: new Set<PermissionName>(may), maxLinesAtOnce, limitedOnly, limited: false },
  ]),
);

/**
 * The rights of a role: of the table by its name, or of the operator's own. Null where there is no such role (any more): then
 * there are no rights at all. A permission that this version does not know is no right.
 */
export function rightsOf(role: string, own: OwnRole | null): Rights | null {
  if (isRole(role)) return ofTable.get(role)!;
  if (own === null) return null;
  const may = new Set(own.permissions.filter(isPermission));
  return { role, title: own.title, may, maxLinesAtOnce: own.maxLinesAtOnce, limitedOnly: false, limited: false };
}

/** The same rights cut down to these permissions: what a token may do, which never exceeds the person it works for. */
export function narrowed(rights: Rights, permissions: readonly string[]): Rights {
  return { ...rights, may: new Set(permissions.filter(isPermission).filter((one) => rights.may.has(one))) };
}

/** The same rights for someone who is limited to places: without what is about the whole operator. */
export const limitedRights = (rights: Rights): Rights => ({
  ...rights,
  may: new Set([...rights.may].filter((one) => !WHOLE_OPERATOR_ONLY.has(one))),
  limited: true,
});

/** The rights of a person whose operator is suspended: none, whatever the role says. */
export const suspendedRights = (rights: Rights, reason: string): Rights => ({
  ...rights,
  may: new Set(),
  suspended: reason,
});

/** What the other one may do that this one may not, in the order of the list: nobody gives a right they do not have. */
export const exceeds = (
  own: Pick<Rights, 'may' | 'maxLinesAtOnce'>,
  other: Pick<Rights, 'may' | 'maxLinesAtOnce'>,
): (PermissionName | 'maxLinesAtOnce')[] => [
  ...(Object.keys(PERMISSIONS) as PermissionName[]).filter((one) => other.may.has(one) && !own.may.has(one)),
  ...(atMost(other.maxLinesAtOnce, own.maxLinesAtOnce) ? [] : ['maxLinesAtOnce' as const]),
];

const atMost = (lines: number | null, limit: number | null): boolean =>
  limit === null || (lines !== null && lines <= limit);
