import { type PermissionName, PERMISSIONS, type Places } from '../rights/index.ts';

const DAY_MS = 86_400_000;
/** How long a token is valid where nobody says anything else, and at most. */
export const TOKEN_DAYS_DEFAULT = 90;
export const TOKEN_DAYS_MAX = 365;

/** What only a person does: a token that made tokens would outlive its own end, and one that chose the provider would be anybody. */
const FOR_PEOPLE: readonly PermissionName[] = [
  'tokens.write',
  'tokens.lasting',
  'single-sign-on.write',
  'operator.export',
  'operator.delete',
];

/** Whether a token can have a right at all. */
export const isForTokens = (permission: PermissionName): boolean => !FOR_PEOPLE.includes(permission);

/** Rights by name, in the order of the table; what a later version removed from the table is left out. */
export function knownRights(names: Iterable<string>): PermissionName[] {
  const given = new Set(names);
  return (Object.keys(PERMISSIONS) as PermissionName[]).filter((name) => given.has(name));
}

/**
 * What a token may do now: what it was given, as far as its owner may do it now. An owner who loses a right takes it from
 * their tokens, so that nobody keeps by a token what was taken from them.
 */
export function rightsOfToken(
  granted: Iterable<string>,
  ownerMay: (permission: PermissionName) => boolean,
): PermissionName[] {
  return knownRights(granted).filter((permission) => isForTokens(permission) && ownerMay(permission));
}

/** The wanted rights that a person cannot give: those they lack, and those no token can have. */
export function rightsNotToGive(
  wanted: readonly PermissionName[],
  ownerMay: (permission: PermissionName) => boolean,
): PermissionName[] {
  return wanted.filter((permission) => !isForTokens(permission) || !ownerMay(permission));
}

/**
 * Where a token works now: within its own places and those of its owner. `customerOf` names the customer of each site of the
 * token. What cannot be shown to be within is left out.
 */
export function placesOfToken(
  owner: Places | null,
  own: Places | null,
  customerOf: Readonly<Record<string, string>>,
): Places | null {
  if (own === null || owner === null) return own ?? owner;
  return {
    customerIds: own.customerIds.filter((id) => owner.customerIds.includes(id)),
    siteIds: own.siteIds.filter((id) => owner.siteIds.includes(id) || owner.customerIds.includes(customerOf[id] ?? '')),
    tags: own.tags.filter((tag) => owner.tags.includes(tag)),
  };
}

/** When a token ends that is made now; null: never. */
export const tokenEnd = (days: number | null, now: number): number | null =>
  days === null ? null : now + days * DAY_MS;

export type TokenState = 'active' | 'expired' | 'revoked' | 'unowned';

/** What a token is now. Without its owner it rests, until a person takes it over. */
export function tokenState(
  token: { revokedAt: number | null; expiresAt: number | null; ownerRemovedAt: number | null },
  now: number,
): TokenState {
  if (token.revokedAt !== null) return 'revoked';
  if (token.expiresAt !== null && token.expiresAt <= now) return 'expired';
  return token.ownerRemovedAt === null ? 'active' : 'unowned';
}
