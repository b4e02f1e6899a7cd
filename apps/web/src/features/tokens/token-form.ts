import { NewToken, ROLES } from '@loopstart/contracts';
import { isForTokens, type PermissionName, PERMISSIONS, ROLE_TABLE } from '@loopstart/domain';
import type { z } from 'zod';

/** What the form holds before it is checked. */
export interface TokenDraft {
  kind: 'token' | 'oauth-client';
  name: string;
  rights: 'read-only' | 'role' | 'chosen';
  role: string;
  permissions: PermissionName[];
  isLimited: boolean;
  customerIds: string[];
  siteIds: string[];
  tags: string[];
  addresses: string;
  expiresInDays: number | null;
}

export const EMPTY_DRAFT: TokenDraft = {
  kind: 'token',
  name: '',
  rights: 'read-only',
  // The least: more is chosen.
  role: 'read-only',
  permissions: [],
  isLimited: false,
  customerIds: [],
  siteIds: [],
  tags: [],
  addresses: '',
  expiresInDays: 90,
};

/** The rights that a person can give, in the order of the table. */
export const rightsToGive = (own: readonly PermissionName[]): PermissionName[] =>
  (Object.keys(PERMISSIONS) as PermissionName[]).filter((one) => isForTokens(one) && own.includes(one));

/** The roles of which a person can give every right. */
export const rolesToGive = (own: readonly PermissionName[]): (keyof typeof ROLE_TABLE)[] =>
  ROLES.filter((role) => ROLE_TABLE[role].may.filter(isForTokens).every((one) => own.includes(one)));

/** The reads among the rights that a person can give: what a program that only watches needs. */
export const readsToGive = (own: readonly PermissionName[]): PermissionName[] =>
  rightsToGive(own).filter((one) => ROLE_TABLE['read-only'].may.includes(one));

/** Addresses and networks as they were typed: one on each line, or between commas. */
export const addressesOf = (text: string): string[] => text.split(/[\s,]+/u).filter((one) => one !== '');

/** The body of the request. What is wrong in it, its schema says. */
export function bodyOf(draft: TokenDraft, own: readonly PermissionName[]): z.input<typeof NewToken> {
  const { kind, name, role, customerIds, siteIds, tags, expiresInDays } = draft;
  const permissions = draft.rights === 'read-only' ? readsToGive(own) : draft.permissions;
  return {
    kind,
    name,
    rights: draft.rights === 'role' ? { role: role as 'owner' } : { permissions },
    limitedTo: draft.isLimited ? { customerIds, siteIds, tags } : null,
    addresses: addressesOf(draft.addresses),
    expiresInDays,
  };
}
