import { createHash } from 'node:crypto';
import { request } from 'node:http';

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface HttpAsk {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** One HTTP request, for tests. Rejects where the connection ends without an answer. */
export function ask(url: string, { method = 'GET', headers = {}, body }: HttpAsk = {}): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** The same with digest login (RFC 2617), after the challenge. */
export async function askWithDigest(url: string, login: { username: string; password: string }): Promise<HttpReply> {
  const first = await ask(url);
  const challenge = String(first.headers['www-authenticate'] ?? '');
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const { pathname, search } = new URL(url);
  const uri = pathname + search;
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const ha1 = md5(`${login.username}:${part('realm')}:${login.password}`);
  const response = md5(`${ha1}:${part('nonce')}:00000001:c1:auth:${md5(`GET:${uri}`)}`);
  const authorization = `Digest username="${login.username}", realm="${part('realm')}", nonce="${part('nonce')}", uri="${uri}", qop=auth, nc=00000001, cnonce="c1", response="${response}"`;
  return ask(url, { headers: { authorization } });
}
