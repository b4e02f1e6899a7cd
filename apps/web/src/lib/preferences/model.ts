/** How a person likes the console. Kept in cookies, so that the server's first paint is already right. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  /** Whose wall clock times are shown by: the site's or the viewer's. */
  zone: 'site' | 'mine';
  /** Single-key shortcuts can be switched off (WCAG 2.1.4). */
  shortcuts: 'on' | 'off';
  /** Of which new incidents this browser shows a notification; it needs the browser's permission as well. */
  notify: 'off' | 'critical' | 'major' | 'all';
  /** The viewer's IANA zone as the browser told it; empty before the first visit. */
  myZone: string;
}

const DEFAULTS: Preferences = { theme: 'system', zone: 'site', shortcuts: 'on', notify: 'off', myZone: '' };

const ALLOWED = {
  theme: ['system', 'light', 'dark'],
  zone: ['site', 'mine'],
  shortcuts: ['on', 'off'],
  notify: ['off', 'critical', 'major', 'all'],
} as const;

export const COOKIE_PREFIX = 'loopstart-';

/** Reads preferences from a cookie lookup; what is missing or not understood has its default. */
export function readPreferences(cookie: (name: string) => string | undefined): Preferences {
  const pick = <K extends keyof typeof ALLOWED>(key: K): Preferences[K] => {
    const value = cookie(COOKIE_PREFIX + key);
    return ((ALLOWED[key] as readonly string[]).includes(value ?? '') ? value : DEFAULTS[key]) as Preferences[K];
  };
  const myZone = decodeURIComponent(cookie(`${COOKIE_PREFIX}myZone`) ?? '');
  return {
    theme: pick('theme'),
    zone: pick('zone'),
    shortcuts: pick('shortcuts'),
    notify: pick('notify'),
    myZone: isTimeZone(myZone) ? myZone : DEFAULTS.myZone,
  };
}

/** Whether the runtime knows this IANA zone. */
export function isTimeZone(zone: string): boolean {
  if (zone === '') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
