'use client';

import { useSyncExternalStore } from 'react';
import type { Preferences } from '../../../lib/preferences/model.ts';
import { usePreferences } from '../../../lib/preferences/preferences.tsx';
import { canChoose, type PermissionState, permissionState, permissionWords } from './permission.ts';

const listeners = new Set<() => void>();
const changed = () => listeners.forEach((listener) => listener());
let watching = false;

/** The permission can be changed in the browser's own settings while the page is open. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!watching && 'permissions' in navigator) {
    watching = true;
    navigator.permissions.query({ name: 'notifications' }).then(
      (status) => status.addEventListener('change', changed),
      () => undefined,
    );
  }
  return () => void listeners.delete(listener);
}

const current = (): PermissionState =>
  permissionState({
    secure: window.isSecureContext,
    permission: 'Notification' in window ? Notification.permission : null,
  });
const onServer = (): PermissionState => 'ask';

/** Which new incidents this browser shows, why it may not, and how to choose. */
export function useNotifications() {
  const { notify, set } = usePreferences();
  const state = useSyncExternalStore(subscribe, current, onServer);
  const level: Preferences['notify'] = state === 'allowed' ? notify : 'off';
  return {
    /** What holds now: off wherever the browser does not allow it. */
    level,
    possible: canChoose(state),
    words: permissionWords(state, level !== 'off'),
    choose: async (next: Preferences['notify']): Promise<void> => {
      if (next !== 'off' && state === 'ask') {
        await Notification.requestPermission();
        changed();
        if (Notification.permission !== 'granted') return;
      }
      set('notify', next);
    },
  };
}
