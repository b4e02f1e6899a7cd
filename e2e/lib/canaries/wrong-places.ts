import { type Endpoint, endpoints } from '@loopstart/contracts';
import { z } from 'zod';
import type { Canaries } from './canaries.ts';
import type { Visitor } from './visitor.ts';

/** Names of fields that take secrets: in bodies they are found by these, so that a new one is reached by itself. */
const SECRET_NAME =
  /pass(?:word|phrase)|secret|token|community|^code$|credential|apiKey|routingKey|^url$|^headers$|signature|challenge|(?:csr|certificate|key)Pem|privateKey/iu;

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Paths of the fields of a body that take secrets; `[]` for items of a list. */
export function secretFields(endpoint: Endpoint): string[][] {
  const walk = (schema: Schema, path: string[]): string[][] => [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, below]) => [
      ...(SECRET_NAME.test(name) ? [[...path, name]] : []),
      ...walk(below, [...path, name]),
    ]),
    ...(schema.items === undefined ? [] : walk(schema.items, [...path, '[]'])),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => walk(one, path)),
  ];
  const schema = z.toJSONSchema(endpoint.body, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;
  return [...new Map(walk(schema, []).map((path) => [path.join('.'), path])).values()];
}

export const allEndpoints = Object.values(endpoints) as Endpoint[];

/** A body with this value in one place and nothing else. */
const bodyWith = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight((inner, name) => (name === '[]' ? [inner] : { [name]: inner }), value);

/**
 * Sends secrets to every endpoint where they do not belong: in addresses, as wrong credentials, in header fields, in bodies
 * that are wrong otherwise or no JSON at all. Returns what was done
 * all the same, or failed inside.
 */
export async function useWrongPlaces(canaries: Canaries, owner: Visitor, stranger: () => Visitor): Promise<string[]> {
  const wrongly: string[] = [];
  const names = ['password', 'token', 'code', 'api_key', 'secret'];
  for (const [index, endpoint] of allEndpoints.entries()) {
    const { method } = endpoint;
    const ask = async (who: Visitor, path: string, init: RequestInit = {}) => {
      const { status } = await who.ask(path, { method, ...init });
      // What is public is answered; nothing is done.
      const isDone = method !== 'GET' && status < 400;
      if (isDone || status >= 500) wrongly.push(`${method} ${endpoint.path} ${status}`);
    };
    const path = endpoint.path.replaceAll(/:\w+/gu, () => canaries.mint('in a path'));
    const query = new URLSearchParams({ [names[index % names.length]!]: canaries.mint('in a query') });
    const wrong = canaries.mint('as a wrong credential');
    const basic = `Basic ${Buffer.from(`loopstart:${wrong}`).toString('base64')}`;
    await ask(stranger(), `${path}?${query}`, {
      headers: {
        authorization: index % 2 === 0 ? `Bearer ${wrong}` : basic,
        'x-api-key': canaries.mint('in a header field'),
        referer: `https://console.example/?token=${canaries.mint('in a header field')}`,
      },
    });
    // A path without parameters that needs no body would do what it says.
    if (path !== endpoint.path) await ask(owner, path);
    const json = { 'content-type': 'application/json' };
    for (const field of secretFields(endpoint)) {
      const kind = `in a bad body (${field.join('.')})`;
      for (const value of [{ is: canaries.mint(kind) }, [canaries.mint(kind)]])
        await ask(owner, path, { headers: json, body: JSON.stringify(bodyWith(field, value)) });
      await ask(owner, path, {
        headers: json,
        body: `{"${field.at(-1)}":"${canaries.mint('in a body that is no JSON')}`,
      });
    }
  }
  return wrongly;
}

/** Passwords that are wrong, and passwords in the place of the address. */
export async function mistype(canaries: Canaries, email: string, stranger: () => Visitor): Promise<void> {
  const tries = [
    ...Array.from({ length: 6 }, () => ({ email, password: canaries.mint('wrong password') })),
    { email: canaries.mint('password in the place of an address'), password: canaries.mint('wrong password') },
  ];
  for (const body of tries)
    await stranger()
      .call(endpoints.signIn, { body })
      .catch(() => undefined);
  for (const path of ['/sign-in', '/api/v1/session', '/nowhere'])
    await stranger().ask(`${path}?password=${canaries.mint('in a query')}&email=${encodeURIComponent(email)}`);
}
