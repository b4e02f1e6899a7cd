import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { stepOf } from './totp-code.ts';

export interface TotpRow {
  id: string;
  name: string;
  createdAt: Date;
  confirmedAt: Date | null;
  lastUsedAt: Date | null;
}

/** What became of a code: it is accepted, was used before, or is none of now. */
export type CodeVerdict = 'accepted' | 'used' | 'wrong';

const COLUMNS = `id, name, created_at as "createdAt", confirmed_at as "confirmedAt", last_used_at as "lastUsedAt"`;

/** Authenticator apps of an account, in transactions of it. */
@Injectable()
export class TotpRepository {
  constructor(private readonly secrets: Secrets) {}

  async all(sql: Sql, accountId: string): Promise<TotpRow[]> {
    const { rows } = await sql.query<TotpRow>(
      `select ${COLUMNS} from account_totp where account_id = $1 order by created_at, id`,
      [accountId],
    );
    return rows;
  }

  async add(sql: Sql, accountId: string, one: { id: string; name: string; key: string; at: Date }): Promise<void> {
    const secret = await this.secrets.seal(placeOf(accountId, one.id), one.key);
    await sql.query('insert into account_totp (id, account_id, name, secret, created_at) values ($1, $2, $3, $4, $5)', [
      one.id,
      accountId,
      one.name,
      secret,
      one.at,
    ]);
  }

  /** Forgets apps that were begun before this time and never confirmed. */
  async forgetBegun(sql: Sql, accountId: string, before: Date): Promise<void> {
    await sql.query('delete from account_totp where account_id = $1 and confirmed_at is null and created_at < $2', [
      accountId,
      before,
    ]);
  }

  async confirm(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query('update account_totp set confirmed_at = $2 where id = $1 and confirmed_at is null', [id, at]);
  }

  /** Accepts a code of one of these apps, each code once: of any number of transactions with one, one gets `accepted`. */
  async use(sql: Sql, accountId: string, code: string, ids: readonly string[], now: number): Promise<CodeVerdict> {
    const { rows } = await sql.query<{ id: string; secret: Buffer }>(
      'select id, secret from account_totp where account_id = $1 and id = any ($2::uuid[])',
      [accountId, ids],
    );
    let verdict: CodeVerdict = 'wrong';
    for (const { id, secret } of rows) {
      const step = stepOf(await this.secrets.open(placeOf(accountId, id), secret), code, now);
      if (step === null) continue;
      const { rowCount } = await sql.query(
        'update account_totp set last_step = $2, last_used_at = $3 where id = $1 and last_step < $2',
        [id, step, new Date(now)],
      );
      if (rowCount === 1) return 'accepted';
      verdict = 'used';
    }
    return verdict;
  }
}

const placeOf = (accountId: string, id: string) =>
  ({ field: 'account_totp.secret', operatorId: null, row: { account_id: accountId, id } }) as const;
