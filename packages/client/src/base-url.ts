const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin of an installation, checked. A token goes by https alone, except to this machine. Throws TypeError where the text
 * is no such URL.
 */
export function baseUrl(text: string): string {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOCAL.has(url.hostname)))
    throw new TypeError(`A token is sent by https alone: ${url.origin} is neither https nor this machine.`);
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw new TypeError('The URL of an installation has no user, query or fragment.');
  return url.origin + url.pathname.replace(/\/+$/u, '');
}
