import { type PermissionName, PERMISSIONS, PLACES_MAX, ROLES, TAG_PATTERN } from '@loopstart/domain';
import { z } from 'zod';
import { Id } from './fields.ts';

/** A right from the closed list. */
export const permission = z.enum(Object.keys(PERMISSIONS) as [PermissionName, ...PermissionName[]]);

/** A role of the table by its name, or one of the operator's own by its id. */
export const RoleName = z.union([z.enum(ROLES), Id]);

export const Tag = z.string().regex(TAG_PATTERN, 'small letters, digits and hyphens, at most 40 characters');

/** Where someone works: these customers with all their sites, these sites, and the sites with one of these tags. */
export const PlacesOf = z
  .object({
    customerIds: z.array(Id).max(PLACES_MAX),
    siteIds: z.array(Id).max(PLACES_MAX),
    tags: z.array(Tag).max(PLACES_MAX),
  })
  .meta({ id: 'Places' });
export type PlacesOf = z.infer<typeof PlacesOf>;
