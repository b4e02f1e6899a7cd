'use client';

import { type Role, ROLES, type User } from '@loopstart/contracts';
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

/** Why the signed-in person may not do what needs this role; null where they may. */
export function useRoleRefusal(needed: Role): string | null {
  const { role } = useUser();
  return ROLES.indexOf(role) >= ROLES.indexOf(needed) ? null : t('roleNotAllow', { role });
}
