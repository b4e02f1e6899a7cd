import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { hashOfCode, newRecoveryCodes } from './recovery-code.ts';

/** Recovery codes of an account, in transactions of it. */
@Injectable()
export class RecoveryCodeRepository {
  /** A new set in the place of the old one: the codes, which are nowhere else. */
  async replace(sql: Sql, accountId: string, at: Date): Promise<string[]> {
    const codes = newRecoveryCodes();
    await this.remove(sql, accountId);
    await sql.query(
      'insert into account_recovery_code (account_id, code_hash, created_at) select $1, hash, $3 from unnest($2::bytea[]) as hash',
      [accountId, codes.map(hashOfCode), at],
    );
    return codes;
  }

  async remove(sql: Sql, accountId: string): Promise<void> {
    await sql.query('delete from account_recovery_code where account_id = $1', [accountId]);
  }

  async left(sql: Sql, accountId: string): Promise<number> {
    const { rows } = await sql.query<{ left: number }>(
      'select count(*)::int as left from account_recovery_code where account_id = $1 and used_at is null',
      [accountId],
    );
    return rows[0]!.left;
  }

  /** Whether the code is right and was not used: of any number of transactions with one code, one gets true. */
  async use(sql: Sql, accountId: string, code: string, at: Date): Promise<boolean> {
    const { rowCount } = await sql.query(
      'update account_recovery_code set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null',
      [accountId, hashOfCode(code), at],
    );
    return rowCount === 1;
  }
}
