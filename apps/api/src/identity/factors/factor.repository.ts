import { Injectable } from '@nestjs/common';
import type { OwnFactors, SignInMethod } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { PasskeyRepository } from './passkeys/passkey.repository.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { TotpRepository } from './totp.repository.ts';

/** A factor of any kind that counts. */
export interface FactorRow {
  id: string;
  kind: keyof OwnFactors;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

const TABLES = { totp: 'account_totp', passkey: 'passkey' } as const;

/** The second factors of an account, whatever their kind, in transactions of it. Recovery codes come and go with them. */
@Injectable()
export class FactorRepository {
  constructor(
    private readonly totp: TotpRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly recovery: RecoveryCodeRepository,
  ) {}

  async all(sql: Sql, accountId: string): Promise<FactorRow[]> {
    const apps = (await this.totp.all(sql, accountId)).filter(({ confirmedAt }) => confirmedAt !== null);
    return [
      ...apps.map((one) => ({ ...one, kind: 'totp' as const })),
      ...(await this.passkeys.all(sql, accountId)).map((one) => ({ ...one, kind: 'passkey' as const })),
    ];
  }

  async rename(sql: Sql, accountId: string, { id, kind }: FactorRow, name: string): Promise<void> {
    await sql.query(`update ${TABLES[kind]} set name = $3 where account_id = $1 and id = $2`, [accountId, id, name]);
  }

  /** Removes one of these, which are all; with the last one, the recovery codes go too. */
  async remove(sql: Sql, accountId: string, all: readonly FactorRow[], { id, kind }: FactorRow): Promise<void> {
    await sql.query(`delete from ${TABLES[kind]} where account_id = $1 and id = $2`, [accountId, id]);
    if (all.length === 1) await this.recovery.remove(sql, accountId);
  }

  /** A set of recovery codes where there was no factor before; else null. */
  async codesForFirst(sql: Sql, accountId: string, before: readonly FactorRow[], at: Date): Promise<string[] | null> {
    return before.length === 0 ? this.recovery.replace(sql, accountId, at) : null;
  }

  /** The person of the session has just proved that they have it. */
  async provedNow(sql: Sql, sessionId: string, method: SignInMethod): Promise<void> {
    await sql.query('update session set methods = array_append(methods, $2) where id = $1 and not $2 = any (methods)', [
      sessionId,
      method,
    ]);
  }
}
