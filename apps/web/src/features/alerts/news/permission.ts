import { t } from '../../../messages/alerts.ts';

/** What stands between a person and notifications of this browser. */
export type PermissionState = 'unsupported' | 'insecure' | 'blocked' | 'ask' | 'allowed';

/** The state of the permission, from what the browser says of itself. */
export function permissionState(browser: {
  secure: boolean;
  /** Null where the browser has no notifications. */
  permission: NotificationPermission | null;
}): PermissionState {
  if (!browser.secure) return 'insecure';
  if (browser.permission === null) return 'unsupported';
  if (browser.permission === 'denied') return 'blocked';
  return browser.permission === 'granted' ? 'allowed' : 'ask';
}

/** Whether choosing something can help: the browser would show notifications, or would ask. */
export function canChoose(state: PermissionState): boolean {
  return state === 'ask' || state === 'allowed';
}

/** One sentence under the choice: what holds now, and what to do about it. */
export function permissionWords(state: PermissionState, isOn: boolean): string {
  switch (state) {
    case 'insecure':
      return t('notPossibleHereBrowsers');
    case 'unsupported':
      return t('notPossibleHereBrowser');
    case 'blocked':
      return t('blockedBrowserAllowNotifications');
    case 'ask':
      return t('browserAskPermission');
    case 'allowed':
      return isOn ? t('allowedNewIncidentsShown') : t('allowedBrowserTurnedOff');
  }
}
