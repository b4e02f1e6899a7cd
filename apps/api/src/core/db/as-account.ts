import { isUuid } from '../uuid.ts';
import type { Sql } from './database.ts';

/**
 * From here on the transaction sees and writes the rows of this account, too: for one that makes several accounts, where a
 * scope names one. Throws RangeError on an id that is not a UUID.
 */
export async function asAccount(sql: Sql, accountId: string): Promise<void> {
  if (!isUuid(accountId)) throw new RangeError(`not the id of an account: ${accountId}`);
  await sql.query(`select set_config('app.account', $1, true)`, [accountId]);
}
