import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

/** The role that holds the application's rights; nobody signs in as it. */
const APP_ROLE = 'loopstart_app';
/** Any number that only this program uses; serialises two starting processes. */
const LOCK = 5_623_668;
const SCRAM_ITERATIONS = 4096;

/**
 * Creates (or gives a new password to) a login with exactly the application's rights: a member of loopstart_app, to
 * which row-level security applies. Returns its URL. `ownerUrl` is a login that may create roles.
 */
export async function makeAppLogin(ownerUrl: string, password: string): Promise<string> {
  const url = new URL(ownerUrl);
  const name = loginName(decodeURIComponent(url.pathname.slice(1)));
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect().catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`The database at DATABASE_URL cannot be reached (${cause.code ?? cause.message}).`, { cause });
  });
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const role = pg.escapeIdentifier(name);
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any ($1)', [
      [APP_ROLE, name],
    ]);
    const there = rows.map(({ rolname }) => rolname);
    // The first migration creates the role too; a login can be needed before it ran.
    if (!there.includes(APP_ROLE)) await client.query(`create role ${APP_ROLE} nologin noinherit nobypassrls`);
    if (!there.includes(name)) await client.query(`create role ${role} login inherit`);
    await client.query(`grant ${APP_ROLE} to ${role}`);
    await client.query(`alter role ${role} password ${pg.escapeLiteral(scramVerifier(password))}`);
  } catch (error) {
    throw new Error(
      `The user of DATABASE_URL could not make a login for the application (${(error as Error).message}). ${HOW_TO_MAKE_ONE}`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
  url.username = name;
  url.password = encodeURIComponent(password);
  return url.toString();
}

/** How a person creates such a login by hand. */
export const HOW_TO_MAKE_ONE = `Make one with: create role loopstart_api login password '…' in role ${APP_ROLE}; and set DATABASE_APP_URL to it.`;

/**
 * One login for each database: databases of one server have passwords of their own. PostgreSQL's names have 63 bytes.
 */
function loginName(database: string): string {
  return database === 'loopstart' ? 'loopstart_api' : `loopstart_api_${database}`.slice(0, 63);
}

/**
 * PostgreSQL's stored form of a password (RFC 5803), so that no statement, and no log of statements, contains the
 * password.
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256');
  const keyOf = (what: string) => createHmac('sha256', salted).update(what).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}
