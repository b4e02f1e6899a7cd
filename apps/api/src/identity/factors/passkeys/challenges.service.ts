import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { accountAlone, wholeOperators } from '../../../core/db/scope.ts';
import { CHALLENGE_MS } from './relying-party.ts';

/** For what a challenge is, and for whom. */
export interface Holder {
  purpose: 'enrol' | 'sign-in' | 'second-step' | 'proof';
  /** Null: who signs in by a passkey alone is not known before. */
  accountId: string | null;
  /** The session, or the cookie of the browser, that it is given to. */
  key: string;
}

/** Challenges that passkeys are to sign: random, kept as SHA-256, and each good for its holder, once, for five minutes. */
@Injectable()
export class Challenges {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async begin(holder: Holder): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    const now = this.now();
    await this.#tx(holder, async (sql) => {
      await sql.query('delete from passkey_challenge where account_id is not distinct from $1 and expires_at <= $2', [
        holder.accountId,
        new Date(now),
      ]);
      await sql.query(
        `insert into passkey_challenge (challenge_hash, purpose, account_id, holder_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          hash(challenge),
          holder.purpose,
          holder.accountId,
          hash(holder.key),
          new Date(now),
          new Date(now + CHALLENGE_MS),
        ],
      );
    });
    return challenge;
  }

  /** Uses it up: of any number of requests one gets true, and none where it was given to somebody else. */
  async take(holder: Holder, challenge: string): Promise<boolean> {
    const { rowCount } = await this.#tx(holder, (sql) =>
      sql.query(
        `delete from passkey_challenge where challenge_hash = $1 and purpose = $2 and account_id is not distinct from $3
           and holder_hash = $4 and expires_at > $5`,
        [hash(challenge), holder.purpose, holder.accountId, hash(holder.key), new Date(this.now())],
      ),
    );
    return rowCount === 1;
  }

  #tx<T>({ accountId }: Holder, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.db.tx(accountId === null ? wholeOperators([]) : accountAlone(accountId), work);
  }
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
