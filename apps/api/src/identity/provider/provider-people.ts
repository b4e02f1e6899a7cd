import type pg from 'pg';

/** What the trail names who works at the machine itself. */
const BY_COMMAND = 'the command line';

/**
 * Makes the person of an account one of the provider, or takes that back; needs the owner of the tables. Returns whether it
 * changed anything. Throws where no account has the address.
 */
export async function changeProvider(
  client: pg.ClientBase,
  act: 'grant' | 'withdraw',
  email: string,
  at: Date,
): Promise<boolean> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ id: string; name: string }>('select id, name from resolve_account($1)', [
      email,
    ]);
    const account = rows[0];
    if (account === undefined)
      throw new Error(`No account has the address ${email}: invite the person to an operator first.`);
    const { rowCount } = await client.query(
      act === 'grant'
        ? 'insert into provider_person (account_id, granted_at) values ($1, $2) on conflict do nothing'
        : 'delete from provider_person where account_id = $1 and $2::timestamptz is not null',
      [account.id, at],
    );
    const changed = (rowCount ?? 0) > 0;
    if (changed)
      await client.query('select provider_link($1, null, $2, $3, $4, $5, $6)', [
        at,
        BY_COMMAND,
        act,
        account.id,
        account.name,
        JSON.stringify({ email }),
      ]);
    await client.query('commit');
    return changed;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Who runs the installation. */
export async function providerPeople(client: pg.ClientBase): Promise<{ email: string; name: string; since: Date }[]> {
  // Accounts are shown to a transaction of that account alone, the owner of the tables included.
  const { rows } = await client.query<{ id: string; since: Date }>(
    'select account_id as id, granted_at as since from provider_person order by granted_at',
  );
  const people = [];
  for (const { id, since } of rows) {
    await client.query('begin');
    await client.query("select set_config('app.account', $1, true)", [id]);
    const found = await client.query<{ email: string; name: string }>('select email, name from account where id = $1', [
      id,
    ]);
    await client.query('commit');
    const account = found.rows[0];
    if (account !== undefined) people.push({ ...account, since });
  }
  return people;
}
