import { createHash, randomBytes } from 'node:crypto';

export interface Login {
  user: string;
  password: string;
}

/** A challenge of a server, by its WWW-Authenticate or Proxy-Authenticate header. */
interface Challenge {
  scheme: string;
  parameters: ReadonlyMap<string, string>;
}

const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

function challengesIn(header: string): Challenge[] {
  const starts = [...header.matchAll(/(?:^|,\s*)(Basic|Digest)\s+/gi)];
  return starts.map((start, at) => {
    const text = header.slice(start.index + start[0].length, starts[at + 1]?.index);
    const pairs = [...text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)];
    return {
      scheme: (start[1] ?? '').toLowerCase(),
      parameters: new Map(
        pairs.map(([, name = '', quoted, plain]) => [
          name.toLowerCase(),
          quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1'),
        ]),
      ),
    };
  });
}

/**
 * The Authorization value that answers a challenge, for HTTP and SIP alike: digest with MD5 or SHA-256 and `auth`
 * (RFC 7616, RFC 2617 for servers without qop, RFC 8760), else basic (RFC 7617) where it is allowed. Null where the
 * challenge asks for nothing of these. Written here: no kept library does both protocols, and gateways speak the oldest
 * form of it.
 */
export function authorize(
  header: string,
  { user, password }: Login,
  request: { method: string; uri: string },
  options: { basic: boolean; cnonce?: string },
): string | null {
  const all = challengesIn(header);
  const digests = all.filter(
    ({ scheme, parameters }) =>
      scheme === 'digest' && HASHES[(parameters.get('algorithm') ?? 'MD5').toLowerCase()] !== undefined,
  );
  const best = digests.find(({ parameters }) => parameters.get('algorithm')?.toLowerCase() === 'sha-256') ?? digests[0];
  if (best === undefined) {
    const basic = options.basic && all.some(({ scheme }) => scheme === 'basic');
    return basic ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : null;
  }
  const { parameters } = best;
  const [realm, nonce, opaque] = ['realm', 'nonce', 'opaque'].map((name) => parameters.get(name));
  if (realm === undefined || nonce === undefined) return null;
  const algorithm = parameters.get('algorithm');
  const hash = (text: string) =>
    createHash(HASHES[(algorithm ?? 'MD5').toLowerCase()] ?? 'md5')
      .update(text)
      .digest('hex');
  const qops = parameters
    .get('qop')
    ?.split(',')
    .map((qop) => qop.trim());
  if (qops !== undefined && !qops.includes('auth')) return null;
  const cnonce = options.cnonce ?? randomBytes(8).toString('hex');
  const [first, second] = [hash(`${user}:${realm}:${password}`), hash(`${request.method}:${request.uri}`)];
  const response = hash(
    qops === undefined ? `${first}:${nonce}:${second}` : `${first}:${nonce}:00000001:${cnonce}:auth:${second}`,
  );
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return [
    `Digest username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.uri)}`,
    `response="${response}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qops === undefined ? [] : [`qop=auth`, `nc=00000001`, `cnonce="${cnonce}"`]),
  ].join(', ');
}
