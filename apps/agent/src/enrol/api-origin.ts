const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is this machine itself. */
function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * The API's origin from what an operator typed, or one sentence why it cannot be used. Over plain HTTP to another
 * machine anybody between could hand out a CA of his own, so there the CA's fingerprint has to be given.
 */
export function apiOrigin(text: string, caSha256: string | null): { origin: string } | { refused: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { refused: `"${text}" is not a web address; it looks like https://loopstart.example.com` };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { refused: `the API is reached by https, not by ${url.protocol.replace(':', '')}` };
  }
  if (url.protocol === 'http:' && !isLoopback(url) && caSha256 === null) {
    return { refused: 'over plain http the fingerprint of the CA is needed: --ca-sha256 <fingerprint>' };
  }
  return { origin: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** A fingerprint as 64 lower-case hexadecimal digits, from any usual spelling; null when it is none. */
export function fingerprint(text: string): string | null {
  const digits = text.replaceAll(/[:\s]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}
