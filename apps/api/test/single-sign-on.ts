import { endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { proveAgain, type TestApp, type TestOperator } from './app.ts';
import { TXT } from './txt-records.ts';
import { CLIENT, type IdentityProvider } from './identity-provider.ts';

export const PUBLIC_URL = 'http://console.test:3000';

export type ConnectionBody = z.input<typeof endpoints.createSsoConnection.body>;

/** What a connection to the test provider is. */
export const connectionBody = (issuer: string, more: Partial<ConnectionBody> = {}): ConnectionBody => ({
  name: 'Oak ID',
  issuer,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  domains: ['oak.example.com'],
  ...more,
});

/** Connects an operator, with a fresh proof, since a test may have moved its clock; its domains are proven. */
export async function connect(by: Pick<TestOperator, 'admin'>, issuer: string, more: Partial<ConnectionBody> = {}) {
  await proveAgain(by.admin);
  const connection = await by.admin(endpoints.createSsoConnection, { body: connectionBody(issuer, more) });
  for (const { domain, record } of (await by.admin(endpoints.getSingleSignOn)).domains) {
    TXT.set(domain, [record]);
    await by.admin(endpoints.checkSsoDomain, { params: { domain } });
  }
  return connection;
}

/** A sign-in that a browser has begun. */
export interface BegunSignOn {
  url: string;
  cookie: string;
}

/** Begins a sign-in as a browser with these cookies does. */
export async function begin(api: TestApp, connectionId: string, more: object = {}): Promise<BegunSignOn> {
  return post(api, endpoints.beginSignOn.path, { connectionId, ...more });
}

export async function post(api: TestApp, path: string, body: object, cookie?: string): Promise<BegunSignOn> {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-loopstart-csrf': '1',
      ...(cookie === undefined ? {} : { cookie }),
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { url: string };
  if (!response.ok) throw new Error(`begin failed: ${response.status} ${JSON.stringify(answer)}`);
  return { url: answer.url, cookie: response.headers.getSetCookie()[0]!.split(';')[0]! };
}

/** Where a callback leads, and the session that it opens. */
export interface Arrived {
  /** Path and query of the page. */
  page: string;
  /** The cookie of the session; null: there is none. */
  session: string | null;
  cookies: string[];
}

/** Sends the browser to the callback address of the API. */
export async function arrive(api: TestApp, callback: URL, cookie?: string): Promise<Arrived> {
  const response = await fetch(api.url + callback.pathname + callback.search, {
    redirect: 'manual',
    headers: cookie === undefined ? {} : { cookie },
  });
  const location = response.headers.get('location');
  if (response.status !== 303 || location === null) throw new Error(`the callback answers ${response.status}`);
  const page = new URL(location);
  if (page.origin !== PUBLIC_URL) throw new Error(`the callback leads away: ${location}`);
  const cookies = response.headers.getSetCookie();
  const session = cookies.find((one) => one.startsWith('loopstart_session=')) ?? null;
  return { page: page.pathname + page.search, session: session?.split(';')[0] ?? null, cookies };
}

/** The whole way of a person: begin, sign in at the provider, arrive. */
export async function signOn(api: TestApp, provider: IdentityProvider, connectionId: string): Promise<Arrived> {
  const { url, cookie } = await begin(api, connectionId);
  return arrive(api, await provider.signIn(url), cookie);
}
