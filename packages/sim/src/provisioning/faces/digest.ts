import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** HTTP and SIP digest authentication with MD5, as these units have it (RFC 2617 section 3). */

export interface Login {
  readonly username: string;
  readonly password: string;
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The parameters of a `Digest …` header; null where it is another scheme. */
export function digestParameters(header: string | undefined): Map<string, string> | null {
  const rest = /^Digest\s+(.*)$/is.exec(header ?? '')?.[1];
  if (rest === undefined) return null;
  const found = new Map<string, string>();
  for (const [, name, quoted, bare] of rest.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/g)) {
    if (name !== undefined) found.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  return found;
}

/** A challenge for this realm with a fresh nonce. */
export function digestChallenge(realm: string): { header: string; nonce: string } {
  const nonce = randomBytes(12).toString('hex');
  return { header: `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"`, nonce };
}

function responseOf(parameters: ReadonlyMap<string, string>, { username, password }: Login, method: string): string {
  const get = (name: string) => parameters.get(name) ?? '';
  const ha1 = md5(`${username}:${get('realm')}:${password}`);
  const ha2 = md5(`${method}:${get('uri')}`);
  if (get('qop') === '') return md5(`${ha1}:${get('nonce')}:${ha2}`);
  return md5(`${ha1}:${get('nonce')}:${get('nc')}:${get('cnonce')}:auth:${ha2}`);
}

/** The `Authorization` header that answers a challenge. */
export function digestAnswer(
  challenge: ReadonlyMap<string, string>,
  login: Login,
  method: string,
  uri: string,
): string {
  const parameters = new Map([
    ['realm', challenge.get('realm') ?? ''],
    ['nonce', challenge.get('nonce') ?? ''],
    ['uri', uri],
  ]);
  if (/\bauth\b/.test(challenge.get('qop') ?? '')) {
    parameters.set('qop', 'auth').set('nc', '00000001').set('cnonce', randomBytes(8).toString('hex'));
  }
  const quoted = (name: string, value: string) => (['qop', 'nc'].includes(name) ? value : `"${value}"`);
  const list = Array.from(parameters, ([name, value]) => `${name}=${quoted(name, value)}`);
  const response = responseOf(parameters, login, method);
  return `Digest username="${login.username}", ${list.join(', ')}, response="${response}", algorithm=MD5`;
}

/** Whether an `Authorization` header answers one of these nonces with this login. */
export function digestFits(
  header: string | undefined,
  nonces: ReadonlySet<string>,
  login: Login,
  method: string,
): boolean {
  const parameters = digestParameters(header);
  if (parameters === null || parameters.get('username') !== login.username) return false;
  if (!nonces.has(parameters.get('nonce') ?? '')) return false;
  const [given, expected] = [parameters.get('response') ?? '', responseOf(parameters, login, method)];
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

export const basicHeader = ({ username, password }: Login): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
