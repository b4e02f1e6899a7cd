/** Where to send somebody who has to sign in, and back to afterwards. */
export function signInPath(from: string): string {
  return from === '/' || from === '' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(from)}`;
}

/** Where to go after sign-in: only to a page of this console, never to another origin. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/')) return '/';
  const base = 'http://console.invalid';
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  return url === null || url.origin !== base || url.pathname === '/sign-in' ? '/' : url.pathname + url.search;
}
