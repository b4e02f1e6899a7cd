import type { PermissionName } from './permissions.ts';

/** Part of an operator's fleet: these customers with all their sites, these sites, and the sites that have one of these tags. */
export interface Places {
  customerIds: readonly string[];
  siteIds: readonly string[];
  tags: readonly string[];
}

/** How many entries each list has at most: they are sent with every transaction. */
export const PLACES_MAX = 200;

/** How many tags a site has at most. */
export const SITE_TAGS_MAX = 20;

/** A tag of a site: small letters, digits and hyphens. */
export const TAG_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/**
 * What nobody may do who is limited to places, whatever their role says: it is about the whole operator, and would reach beyond
 * their places.
 */
export const WHOLE_OPERATOR_ONLY: ReadonlySet<PermissionName> = new Set([
  'usage.read',
  'operator.export',
  'operator.delete',
  'customers.delete',
  'sites.tag',
  'organisation.write',
  'configuration.publish',
  'configuration.override',
  'roles.write',
  'owners.appoint',
  'policies.write',
  'policies.delete',
  'schedules.write',
  'schedules.delete',
  'channels.write',
  'channels.delete',
  'channels.test',
  'channel-addresses.read',
  'heartbeat.write',
  'sign-in-policy.read',
  'sign-in-policy.write',
  'audit.read',
  'audit.write',
  'audit.erase',
  'single-sign-on.read',
  'single-sign-on.write',
]);

export const NO_PLACES: Places = { customerIds: [], siteIds: [], tags: [] };

/**
 * Where a member or token works: null is everywhere in the operator. A role that is only meant for a part of the fleet has,
 * without a limit, nothing.
 */
export const limitOf = (rights: { limitedOnly: boolean }, limitedTo: Places | null): Places | null =>
  limitedTo === null && rights.limitedOnly ? NO_PLACES : limitedTo;

/**
 * Whether someone with the limit `own` may give another the limit `other`: each of its entries is one of their own. A site of
 * one of their customers is named by `siteIdsOfOwn`.
 */
export function mayLimitTo(
  own: Places | null,
  other: Places | null,
  siteIdsOfOwn: ReadonlySet<string> = new Set(),
): boolean {
  if (own === null) return true;
  if (other === null) return false;
  return (
    other.customerIds.every((id) => own.customerIds.includes(id)) &&
    other.siteIds.every((id) => own.siteIds.includes(id) || siteIdsOfOwn.has(id)) &&
    other.tags.every((tag) => own.tags.includes(tag))
  );
}
