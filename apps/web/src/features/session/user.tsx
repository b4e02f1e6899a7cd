'use client';

import type { User } from '@loopstart/contracts';
import { PERMISSIONS, type PermissionName, ROLE_TABLE, rolesWith } from '@loopstart/domain';
import { createContext, type ReactNode, use } from 'react';
import { UserZone } from '../../lib/preferences/zone.ts';
import { t } from '../../messages/session.ts';

const Context = createContext<User | null>(null);

/** Makes the signed-in person known to everything in the console. */
export function UserProvider({ user, children }: { user: User; children: ReactNode }) {
  return (
    <Context value={user}>
      <UserZone value={user.timeZone}>{children}</UserZone>
    </Context>
  );
}

export function useUser(): User {
  const user = use(Context);
  if (user === null) throw new Error('useUser needs a UserProvider above it');
  return user;
}

/** Why the signed-in person lacks a permission: which right it is and which roles have it; null where they have it. */
export function useRefusals(): (permission: PermissionName) => string | null {
  const { roleTitle, permissions } = useUser();
  return (permission) => {
    if (permissions.includes(permission)) return null;
    const roles = rolesWith(permission).map((name) => ROLE_TABLE[name as keyof typeof ROLE_TABLE].title);
    return t('roleNotAllow', { role: roleTitle, right: PERMISSIONS[permission], roles: roles.join(', ') });
  };
}

/** Why the signed-in person lacks this permission; null where they have it. */
export const useRefusal = (permission: PermissionName): string | null => useRefusals()(permission);
