import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import type { KnownCredential, MadeCredential } from './relying-party.ts';

export interface PasskeyRow extends KnownCredential {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  counter: number;
}

const COLUMNS = `id, name, credential_id as "credentialId", public_key as "publicKey", transports, counter::float8 as counter,
  created_at as "createdAt", last_used_at as "lastUsedAt"`;

/** Passkeys of an account, in transactions of it. */
@Injectable()
export class PasskeyRepository {
  async all(sql: Sql, accountId: string): Promise<PasskeyRow[]> {
    const { rows } = await sql.query<PasskeyRow>(
      `select ${COLUMNS} from passkey where account_id = $1 order by created_at, id`,
      [accountId],
    );
    return rows;
  }

  async find(sql: Sql, accountId: string, credentialId: Buffer): Promise<PasskeyRow | undefined> {
    const { rows } = await sql.query<PasskeyRow>(
      `select ${COLUMNS} from passkey where account_id = $1 and credential_id = $2 for update`,
      [accountId, credentialId],
    );
    return rows[0];
  }

  /** Whether it was added: a passkey belongs to one account. */
  async add(
    sql: Sql,
    accountId: string,
    one: MadeCredential & { id: string; name: string; at: Date },
  ): Promise<boolean> {
    const { rowCount } = await sql.query(
      `insert into passkey (id, account_id, name, credential_id, public_key, counter, transports, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [one.id, accountId, one.name, one.credentialId, one.publicKey, one.counter, one.transports, one.at],
    );
    return rowCount === 1;
  }

  async used(sql: Sql, id: string, counter: number, at: Date): Promise<void> {
    await sql.query('update passkey set counter = $2, last_used_at = $3 where id = $1', [id, counter, at]);
  }
}
