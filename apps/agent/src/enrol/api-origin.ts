const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is this machine itself. */
function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * The API's origin from an operator's input, or one sentence why it cannot be used. Over plain HTTP to another machine
 * an attacker in between could hand out its own CA, so the CA's fingerprint is required there.
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

/** A fingerprint as 64 lower-case hexadecimal digits, from any usual spelling; null when it is invalid. */
export function fingerprint(text: string): string | null {
  const digits = text.replaceAll(/[:\s]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}
