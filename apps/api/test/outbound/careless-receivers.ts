import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Bytes that came in, with where they came to. */
export interface Arrived {
  to: string;
  content: string;
}

const OK = '/takes/';

/**
 * A receiver on loopback that keeps what comes. Below `/takes/` it takes it; everywhere else it fails and repeats in its
 * answer all that it was sent, as careless receivers do. Below `/idp` it is an identity provider whose token endpoint fails
 * in the same way.
 */
export async function startReceiver() {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const content = Buffer.concat(chunks).toString('utf8');
      const path = request.url ?? '';
      arrived.push({ to: path, content });
      const { authorization = '' } = request.headers;
      const decoded = Buffer.from(authorization.replace(/^Basic /u, ''), 'base64').toString('utf8');
      const answer = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (path.startsWith(OK)) return answer(200, { id: 'T-1' });
      if (path.startsWith('/idp/.well-known')) return answer(200, discovery(`${origin()}/idp`));
      if (path === '/idp/jwks') return answer(200, { keys: [] });
      const error = `you sent ${decoded} ${content}`;
      if (path.startsWith('/idp')) return answer(400, { error: 'invalid_client', error_description: error });
      return answer(500, { error, path, headers: request.headers });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: origin(),
    arrived,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
});

/** A mail server that asks for a password; while it refuses, it repeats the password. */
export async function startMailServer(password: string) {
  const mails: string[] = [];
  let refused = 0;
  let refuses = true;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      if (!refuses && auth.password === password) return done(null, { user: auth.username });
      refused += 1;
      done(new Error(`the password ${auth.password} is wrong`));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8').replaceAll(/=\r\n/gu, '').replaceAll('=3D', '='));
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://loopstart:${password}@127.0.0.1:${port}`,
    mails,
    refusedTries: () => refused,
    accept: () => (refuses = false),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
