'use client';

import type { User } from '@loopstart/contracts';
import { allows, type PermissionName } from '@loopstart/domain';
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

/** Tells why the signed-in person lacks a permission; null where they have it. */
export function useRefusals(): (permission: PermissionName) => string | null {
  const { role } = useUser();
  return (permission) => (allows(role, permission) ? null : t('roleNotAllow', { role }));
}

/** Why the signed-in person lacks this permission; null where they have it. */
export const useRefusal = (permission: PermissionName): string | null => useRefusals()(permission);
