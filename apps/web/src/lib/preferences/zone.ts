'use client';

import { createContext, use } from 'react';
import { usePreferences } from './preferences.tsx';

/** The zone a signed-in person has set, null where they have not. */
export const UserZone = createContext<string | null>(null);

/** The zone to show a site's times in, by the viewer's choice. Without a site (null) it is the viewer's own. */
export function useZone(siteZone: string | null): string {
  const { zone, myZone } = usePreferences();
  const userZone = use(UserZone);
  const mine = userZone ?? (myZone === '' ? 'UTC' : myZone);
  return zone === 'site' && siteZone !== null ? siteZone : mine;
}
