import { ApiError, createClient, type endpoints, endpoints as all } from '@loopstart/contracts';
import type { z } from 'zod';
import { type Client, proveAgain, type TestOperator } from './app.ts';

type Wanted = z.input<typeof endpoints.createToken.body>;

/** An API token or OAuth client of an operator, with its secret. A test that moves its clock has to prove again who asks. */
export async function makeToken({ admin }: Pick<TestOperator, 'admin'>, wanted: Partial<Wanted> = {}) {
  const make = () => admin(all.createToken, { body: { name: 'Reports', rights: { role: 'read-only' }, ...wanted } });
  return make().catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.problem.code !== 'proof-needed') throw error;
    await proveAgain(admin);
    return make();
  });
}

/** A client that shows this token, and nothing else. */
export const programOf = (url: string, token: string, headers: Record<string, string> = {}): Client =>
  createClient({ base: url, fetch, headers: () => ({ authorization: `Bearer ${token}`, ...headers }) });

/** An access token of an OAuth client. */
export async function accessToken(url: string, clientId: string, secret: string, scope?: string): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }),
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
  });
  const answer = (await response.json()) as { access_token?: string };
  if (answer.access_token === undefined) throw new Error(`no access token: ${JSON.stringify(answer)}`);
  return answer.access_token;
}
