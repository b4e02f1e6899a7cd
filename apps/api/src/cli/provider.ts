import pg from 'pg';
import { changeProvider, providerPeople } from '../identity/provider/index.ts';

const USAGE = `Usage: provider grant <email> | withdraw <email> | list

  grant      the person of this account runs the installation: sees operators with their counts, creates and suspends them
  withdraw   the person does not any more
  list       who does

Signs in as DATABASE_URL, the owner of the tables. The account must exist: invite the person to an operator first.`;

try {
  const [act, email] = process.argv.slice(2);
  const { DATABASE_URL: url } = process.env;
  if (url === undefined) throw new Error('DATABASE_URL is missing: the login that owns the tables.');
  if (act !== 'list' && ((act !== 'grant' && act !== 'withdraw') || email === undefined)) throw new Error(USAGE);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    if (act === 'grant' || act === 'withdraw') await changeProvider(client, act, email!, new Date());
    for (const one of await providerPeople(client))
      process.stdout.write(`${one.email}, ${one.name}, since ${one.since.toISOString()}\n`);
  } finally {
    await client.end();
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
