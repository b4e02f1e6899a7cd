import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { methodsOf, type SignInMethod } from '@loopstart/domain';
import { CLOCK, type Clock } from '../clock.ts';
import { CONFIG, type Config } from '../config.ts';
import { Database } from '../db/database.ts';
import { accountAlone } from '../db/scope.ts';
import { ProblemError } from '../http/problem-error.ts';
import { Cookies } from './cookies.ts';

const COOKIE = 'loopstart_sign_in';
const LIFE_MS = 10 * 60_000;

/** A sign-in that waits for its second step. */
export interface PendingSignIn {
  /** Names it where it holds something; it opens nothing. */
  key: string;
  accountId: string;
  email: string;
  name: string;
  /** The operator where it leads; null: where the person worked last. */
  leadsTo: string | null;
  methods: SignInMethod[];
}

/**
 * Sign-ins whose first step succeeded. Each is a random token in an http-only cookie with its SHA-256 in the database, as a
 * session is, and opens the second step alone, once, for ten minutes.
 */
@Injectable()
export class PendingSignIns {
  readonly #cookies: Cookies;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.#cookies = new Cookies(config);
  }

  /** Begins one; returns its Set-Cookie header. */
  async begin(one: Pick<PendingSignIn, 'accountId' | 'leadsTo' | 'methods'>): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = this.now();
    await this.db.tx(accountAlone(one.accountId), async (sql) => {
      await sql.query('delete from pending_sign_in where account_id = $1 and expires_at <= $2', [
        one.accountId,
        new Date(now),
      ]);
      await sql.query(
        'insert into pending_sign_in (token_hash, account_id, leads_to, methods, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)',
        [hash(token), one.accountId, one.leadsTo, one.methods, new Date(now), new Date(now + LIFE_MS)],
      );
    });
    return this.#cookies.set(COOKIE, token, LIFE_MS / 1000);
  }

  /** The one of this cookie header; null where there is none, or it has ended. */
  async find(cookieHeader: string | undefined): Promise<PendingSignIn | null> {
    const token = this.#cookies.read(cookieHeader, COOKIE);
    if (token === null) return null;
    const { rows } = await this.db.query<Row>('select * from resolve_pending_sign_in($1)', [hash(token)]);
    const row = rows[0];
    if (row === undefined || row.expires_at.getTime() <= this.now()) return null;
    const { account_id: accountId, leads_to: leadsTo, email, name, methods } = row;
    return { key: hash(token).toString('hex'), accountId, leadsTo, email, name, methods: methodsOf(methods) };
  }

  /**
   * Ends it, as its second step succeeded; returns the Set-Cookie header that clears it. Of any number of requests one does;
   * the others throw `sign-in-over`.
   */
  async finish({ accountId }: PendingSignIn, cookieHeader: string | undefined): Promise<string> {
    const token = this.#cookies.read(cookieHeader, COOKIE);
    const { rowCount } = await this.db.tx(accountAlone(accountId), (sql) =>
      sql.query('delete from pending_sign_in where token_hash = $1', [token === null ? null : hash(token)]),
    );
    if (rowCount !== 1) throw new ProblemError('sign-in-over');
    return this.#cookies.set(COOKIE, '', 0);
  }
}

interface Row {
  account_id: string;
  leads_to: string | null;
  email: string;
  name: string;
  methods: string[];
  expires_at: Date;
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
