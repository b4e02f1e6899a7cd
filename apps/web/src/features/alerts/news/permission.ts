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
      return 'Not possible here: browsers allow notifications over https only.';
    case 'unsupported':
      return 'Not possible here: this browser has no notifications.';
    case 'blocked':
      return 'Blocked by the browser: allow notifications for this address in its settings, then choose.';
    case 'ask':
      return 'The browser will ask for permission.';
    case 'allowed':
      return isOn
        ? 'Allowed. New incidents are shown while the console is open in a tab, also in the background.'
        : 'Allowed by the browser, switched off here.';
  }
}
