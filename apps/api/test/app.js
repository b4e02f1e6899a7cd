import { ApiError, createClient, endpoints } from '@loopstart/contracts';
import { hashPassword } from '../src/core/session/password.js';
import { createApp } from '../src/create-app.js';
import { createDatabase } from './database.js';
import { asOwner } from './postgres.js';
/** Hashing is made slow on purpose; the tests' one password is hashed once. */
const PASSWORD = 'correct horse battery';
let passwordHash;
/** The whole API on a database of its own, listening on a free port. */
export async function startApp(options = {}) {
  const database = options.database ?? (await createDatabase(options.env));
  const app = await createApp(database.config, options.clock);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const anonymous = clientOf(url);
  return {
    app,
    url,
    database,
    anonymous,
    operator: (name) => makeOperator(url, database, name),
    close: async () => {
      await app.close();
      if (options.database === undefined) await database.drop();
    },
  };
}
/** A typed client that sends this cookie and the header that changes need. */
export function clientOf(url, cookie) {
  return createClient({
    base: url,
    fetch,
    headers: () => ({ 'x-loopstart-csrf': '1', ...(cookie === undefined ? {} : { cookie }) }),
  });
}
async function makeOperator(url, database, name) {
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const operatorId = crypto.randomUUID();
  const slug = operatorId.slice(0, 8);
  const roles = ['viewer', 'technician', 'admin'];
  await asOwner(database.ownerUrl, async (client) => {
    await client.query('insert into operator (id, name) values ($1, $2)', [operatorId, name]);
    for (const role of roles) {
      await client.query(
        'insert into app_user (operator_id, email, name, role, password_hash) values ($1, $2, $3, $4, $5)',
        [operatorId, `${role}-${slug}@example.com`, `${name} ${role}`, role, hash],
      );
    }
  });
  const cookies = await Promise.all(roles.map((role) => signIn(url, `${role}-${slug}@example.com`)));
  const [viewer, technician, admin] = cookies.map((cookie) => clientOf(url, cookie));
  return { operatorId, viewer, technician, admin, cookie: cookies[2] };
}
async function signIn(url, email) {
  const response = await fetch(url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`signing in failed: ${response.status} ${await response.text()}`);
  return response.headers.getSetCookie()[0].split(';')[0];
}
/** The problem an operation answers with; throws where it succeeds. */
export async function problemOf(work) {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return error.problem;
    throw error;
  }
  throw new Error('the operation succeeded');
}
//# sourceMappingURL=app.js.map
