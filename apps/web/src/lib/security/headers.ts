/**
 * The Content Security Policy of a page: only our own files, and only scripts and styles with this
 * request's nonce. Development needs eval (React's stack traces) and unmarked styles (hot reload).
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Keeps a browser on https for a year: sent where it came by https, since it means nothing elsewhere (RFC 6797). */
export const TRANSPORT_SECURITY = 'max-age=31536000';

/** Whether a browser reached us, or the proxy before us, by https. */
export function isHttps(protocol: string, forwarded: string | null): boolean {
  return (forwarded?.split(',')[0]?.trim() ?? protocol.replace(/:$/, '')) === 'https';
}

/** What every page carries besides its policy. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
