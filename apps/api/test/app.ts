import { argon2Sync, randomBytes } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { ApiError, createClient, endpoints, type Problem } from '@loopstart/contracts';
import type { Places } from '@loopstart/domain';
import type { Clock } from '../src/core/clock.ts';
import { createApp } from '../src/create-app.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { plantMember } from './people.ts';
import { answerByTable } from './txt-records.ts';
import { asOwner } from './postgres.ts';

export type Client = ReturnType<typeof createClient>;

export interface TestOperator {
  operatorId: string;
  /** Signed in: read-only, a technician and the owner. */
  viewer: Client;
  technician: Client;
  admin: Client;
  /** The cookie header of the administrator, for requests the typed client cannot make. */
  cookie: string;
  /** The clock of the API. */
  now: Clock;
}

export interface TestApp {
  app: INestApplication;
  url: string;
  database: TestDatabase;
  anonymous: Client;
  /** A new operator with three people, all signed in. */
  operator(name: string): Promise<TestOperator>;
  /** Another person of an operator, signed in; limited to these places, or works everywhere. */
  member(operatorId: string, role: string, limitedTo?: Places | null): Promise<Client>;
  /** The same as their cookie header. */
  cookieOf(operatorId: string, role: string, limitedTo?: Places | null): Promise<string>;
  close(): Promise<void>;
}

const PASSWORD = 'correct horse battery';
/**
 * Its hash at the least cost. Hashing is made slow on purpose, and how slow stands in the hash: at the cost of real ones
 * (`password.spec.ts`) the thousands of sign-ins of all tests would take minutes.
 */
const PASSWORD_HASH = leastHash(PASSWORD);
const ROLES_OF_TESTS = { viewer: 'read-only', technician: 'technician', admin: 'owner' } as const;
const PEOPLE = Object.keys(ROLES_OF_TESTS) as (keyof typeof ROLES_OF_TESTS)[];

function leastHash(password: string): string {
  const nonce = randomBytes(16);
  const cost = { memory: 8, passes: 1, parallelism: 1, tagLength: 32 };
  const tag = argon2Sync('argon2id', { message: Buffer.from(password), nonce, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

/** The whole API on a database of its own, listening on a free port. */
export async function startApp(
  options: { env?: NodeJS.ProcessEnv; clock?: Clock; database?: TestDatabase } = {},
): Promise<TestApp> {
  const database = options.database ?? (await createDatabase(options.env));
  const app = await createApp(database.config, options.clock);
  answerByTable(app, { afresh: options.database === undefined });
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const anonymous = clientOf(url);
  return {
    app,
    url,
    database,
    anonymous,
    operator: (name) => makeOperator(url, database, name, options.clock),
    member: async (operatorId, role, limitedTo = null) =>
      clientOf(url, await makeMember(url, database, { operatorId, role, limitedTo })),
    cookieOf: (operatorId, role, limitedTo = null) => makeMember(url, database, { operatorId, role, limitedTo }),
    close: async () => {
      await app.close();
      if (options.database === undefined) await database.drop();
    },
  };
}

/** A typed client that sends this cookie and the header that changes need. */
export function clientOf(url: string, cookie?: string): Client {
  return createClient({
    base: url,
    fetch,
    headers: () => ({ 'x-loopstart-csrf': '1', ...(cookie === undefined ? {} : { cookie }) }),
  });
}

async function makeOperator(url: string, database: TestDatabase, name: string, clock?: Clock): Promise<TestOperator> {
  const operatorId = crypto.randomUUID();
  const slug = operatorId.slice(0, 8);
  await asOwner(database.ownerUrl, async (client) => {
    await client.query('insert into operator (id, name) values ($1, $2)', [operatorId, name]);
    for (const who of PEOPLE) {
      const email = `${who}-${slug}@example.com`;
      await plantMember(client, {
        operatorId,
        email,
        name: `${name} ${who}`,
        role: ROLES_OF_TESTS[who],
        passwordHash: PASSWORD_HASH,
      });
    }
  });
  return signInAll(url, operatorId, clock);
}

/** Signs the people of an operator in, for example again where the clock of a test has ended their sessions. */
export async function signInAll(url: string, operatorId: string, now: Clock = Date.now): Promise<TestOperator> {
  const slug = operatorId.slice(0, 8);
  const cookies = await Promise.all(PEOPLE.map((who) => signIn(url, `${who}-${slug}@example.com`)));
  const [viewer, technician, admin] = cookies.map((cookie) => clientOf(url, cookie)) as [Client, Client, Client];
  return { operatorId, viewer, technician, admin, cookie: cookies[2]!, now };
}

async function makeMember(
  url: string,
  database: TestDatabase,
  { operatorId, role, limitedTo }: { operatorId: string; role: string; limitedTo: Places | null },
): Promise<string> {
  const email = `${role}-${crypto.randomUUID()}@example.com`;
  const member = { operatorId, email, name: email, role, limitedTo, passwordHash: PASSWORD_HASH };
  await asOwner(database.ownerUrl, (client) => plantMember(client, member));
  return signIn(url, email);
}

async function signIn(url: string, email: string): Promise<string> {
  const response = await fetch(url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`signing in failed: ${response.status} ${await response.text()}`);
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

/** A person of `operator` or `member` proves again who they are, as dangerous acts ask for. */
export const proveAgain = (client: Client): Promise<undefined> =>
  client(endpoints.proveAgain, { body: { by: 'password', password: PASSWORD } });

/** The problem an operation answers with; throws where it succeeds. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return error.problem;
    throw error;
  }
  throw new Error('the operation succeeded');
}

/** Every item of a list, page by page. Throws where a page leads back to itself. */
export async function allPages<T>(
  fetchPage: (cursor: { cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: T[]; nextCursor: string | null } = await fetchPage(cursor === '' ? {} : { cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor !== null && seen.has(cursor)) throw new Error(`the cursor ${cursor} leads back to itself`);
    if (cursor !== null) seen.add(cursor);
  }
  return items;
}
