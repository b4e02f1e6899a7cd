import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PlacesOf, type User } from '@loopstart/contracts';
import type { OwnFactors, SignInMethod, SignInPolicy, Standing } from '@loopstart/domain';
import { CLOCK, type Clock } from '../clock.ts';
import { CONFIG, type Config } from '../config.ts';
import { Database, type PrismaTx } from '../db/database.ts';
import type { Person } from '../http/implements.ts';
import { ProblemError } from '../http/problem-error.ts';
import { Cookies } from './cookies.ts';
import { accountAlone, type Scope, wholeOperator } from '../db/scope.ts';
import { originNow } from '../http/origin.ts';
import { endBeyondLimit } from './session-limit.ts';
import { callerFrom, SESSION, type SessionRow, standingOfSession } from './session-row.ts';
import { factorsOf, policyOf, type SignInPolicyRow } from './sign-in-policy.ts';

export const SESSION_COOKIE = 'loopstart_session';
const HOUR_MS = 3_600_000;
/** How often it is noted that a session is used. */
const NOTED_MS = 60_000;
/** An account that nobody has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** Enough to name browser and system. */
const USER_AGENT_MAX = 300;

/** An account as it is looked up before sign-in. */
export interface Credentials {
  accountId: string;
  name: string;
  /** Null: this person has no password. */
  passwordHash: string | null;
}

/** A place where an account may work. */
export interface Membership {
  userId: string;
  operatorId: string;
  operatorName: string;
  role: string;
}

/** The browser of a session. */
export interface SessionOrigin {
  address: string;
  userAgent: string | null;
}

type TokenHash = Uint8Array<ArrayBuffer>;

/** Sign-in sessions: a random token in an http-only cookie, its SHA-256 in the database. */
@Injectable()
export class SessionService {
  readonly #cookies: Cookies;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.#cookies = new Cookies(config);
  }

  /** The account of an e-mail address; null where there is none. */
  async credentialsOf(email: string): Promise<Credentials | null> {
    const { rows } = await this.db.query<{ id: string; name: string; password_hash: string | null }>(
      'select * from resolve_account($1)',
      [email],
    );
    const row = rows[0];
    return row === undefined ? null : { accountId: row.id, name: row.name, passwordHash: row.password_hash };
  }

  /** The operators of an account, the one used last first. */
  async membershipsOf(accountId: string): Promise<Membership[]> {
    const { rows } = await this.db.query<{
      user_id: string;
      operator_id: string;
      operator_name: string;
      role: string;
    }>('select * from resolve_memberships($1)', [accountId]);
    return rows.map((row) => ({
      userId: row.user_id,
      operatorId: row.operator_id,
      operatorName: row.operator_name,
      role: row.role,
    }));
  }

  /**
   * Opens a session of a member whose account has proved who it is; `record` runs in the same transaction, and is told how many
   * sessions ended as there were too many.
   */
  async open(
    { accountId, userId, operatorId }: { accountId: string; userId: string; operatorId: string },
    { methods, origin, authenticatedAt }: { methods: SignInMethod[]; origin: SessionOrigin; authenticatedAt?: Date },
    record: (prisma: PrismaTx, caller: Person, ended: number) => Promise<void>,
  ): Promise<{ caller: Person; cookie: string }> {
    const token = randomBytes(32).toString('base64url');
    const now = new Date(this.now());
    const { policy } = await this.policyFor(operatorId, accountId);
    const lifeMs = policy.sessionHours * HOUR_MS;
    const expiresAt = new Date(this.now() + lifeMs);
    const caller = await this.db.prismaTx(wholeOperator(operatorId).as(accountId), async (prisma) => {
      await prisma.session.deleteMany({ where: { accountId, expiresAt: { lt: now } } });
      await prisma.session.create({
        data: {
          tokenHash: hash(token),
          operatorId,
          userId,
          accountId,
          createdAt: now,
          expiresAt,
          lastUsedAt: now,
          authenticatedAt: authenticatedAt ?? now,
          methods,
          address: origin.address,
          userAgent: origin.userAgent?.slice(0, USER_AGENT_MAX) ?? null,
        },
      });
      await prisma.user.updateMany({ where: { id: userId }, data: { lastSignInAt: now } });
      const [row] = await prisma.$queryRawUnsafe<SessionRow[]>(SESSION, hash(token));
      if (row === undefined) throw new ProblemError('wrong-credentials');
      const standing = standingOfSession(row, { address: origin.address, render: false }, this.now());
      if (standing !== 'open' && standing !== 'enrol') throw notOpen(standing, row.operator_name);
      const who = callerFrom(row, standing, { render: false });
      if (who === null) throw new ProblemError('not-allowed', { detail: `There is no role ${row.role} any more.` });
      await record(prisma, who, await endBeyondLimit(prisma, accountId));
      return who;
    });
    return { caller, cookie: this.#cookies.set(SESSION_COOKIE, token, lifeMs / 1000) };
  }

  /** Ends the session; `record` runs in the same transaction. Returns the cookie that clears the browser's. */
  async close(
    cookieHeader: string | undefined,
    scope: Scope,
    record: (prisma: PrismaTx) => Promise<void>,
  ): Promise<string> {
    const tokenHash = this.tokenHash(cookieHeader);
    await this.db.prismaTx(scope, async (prisma) => {
      if (tokenHash !== null) await prisma.session.deleteMany({ where: { tokenHash } });
      await record(prisma);
    });
    return this.#cookies.set(SESSION_COOKIE, '', 0);
  }

  /** The caller of this cookie header; null where there is no session. */
  async callerOf(cookieHeader: string | undefined): Promise<Person | null> {
    const tokenHash = this.tokenHash(cookieHeader);
    return tokenHash === null ? null : this.#resolve(tokenHash);
  }

  /** The session's key in the database; null where the header has no session. */
  tokenHash(cookieHeader: string | undefined): TokenHash | null {
    const token = this.#cookies.read(cookieHeader, SESSION_COOKIE);
    return token === null ? null : hash(token);
  }

  /** Which of these sessions have ended, as their token hashes in hex: one query for all. */
  async ended(tokenHashes: readonly TokenHash[]): Promise<Set<string>> {
    const { rows } = await this.db.query<{ hash: string }>(
      `select encode(h, 'hex') as hash from unnest($1::bytea[]) as h
       where not exists (select from resolve_session(h) s cross join lateral resolve_sign_in_policy(s.operator_id, s.account_id) p
         where s.expires_at > $2 and coalesce(s.last_used_at + (p.sign_in_policy ->> 'idle_minutes')::int * interval '1 minute' > $2, true))`,
      [tokenHashes.map((one) => Buffer.from(one)), new Date(this.now())],
    );
    return new Set(rows.map((row) => row.hash));
  }

  /** The policy of an operator, and what an account has beside its password. */
  async policyFor(operatorId: string, accountId: string): Promise<{ policy: SignInPolicy; factors: OwnFactors }> {
    const { rows } = await this.db.query<SignInPolicyRow>('select * from resolve_sign_in_policy($1, $2)', [
      operatorId,
      accountId,
    ]);
    return { policy: policyOf(rows[0]!.sign_in_policy), factors: factorsOf(rows[0]!) };
  }

  /** The policy of an operator, whoever asks. */
  async policyOf(operatorId: string): Promise<SignInPolicy> {
    return (await this.policyFor(operatorId, NOBODY)).policy;
  }

  async #resolve(tokenHash: TokenHash): Promise<Person | null> {
    const { rows } = await this.db.query<SessionRow>(SESSION, [tokenHash]);
    const row = rows[0];
    const now = this.now();
    if (row === undefined || row.expires_at.getTime() <= now) return null;
    const origin = originNow();
    const standing = standingOfSession(row, origin, now);
    if (standing === 'other-network') throw notOpen(standing, row.operator_name);
    // An idle session has ended, and one without the second factor that is asked for now was never finished.
    if (standing !== 'open' && standing !== 'enrol') return null;
    if (!origin.away && now - row.last_used_at.getTime() >= NOTED_MS) await this.#note(row, origin.address, now);
    return callerFrom(row, standing, origin);
  }

  async #note({ id, account_id }: SessionRow, address: string | null, now: number): Promise<void> {
    await this.db.tx(accountAlone(account_id), (sql) =>
      sql.query(
        'update session set last_used_at = greatest(last_used_at, $2), address = coalesce($3, address) where id = $1',
        [id, new Date(now), address],
      ),
    );
  }
}

/** Why a sign-in opens nothing. */
export function notOpen(standing: Exclude<Standing, 'open' | 'enrol'>, operator: string): ProblemError {
  if (standing === 'other-network')
    return new ProblemError('network-not-allowed', {
      detail: `${operator} lets people of your role work from its networks alone.`,
    });
  if (standing === 'password-first')
    return new ProblemError('factor-not-accepted', {
      detail: `${operator} accepts a passkey only after the password. Enter your e-mail address and password, then show the passkey.`,
    });
  return new ProblemError('second-factor-needed', {
    detail: `${operator} asks for your second factor: sign out, and in again.`,
  });
}

/** A caller as the contract shows a user. */
export function toUser(caller: Person): User {
  return {
    id: caller.userId,
    email: caller.email,
    name: caller.name,
    role: caller.role,
    roleTitle: caller.rights.title,
    permissions: [...caller.rights.may],
    maxLinesAtOnce: caller.rights.maxLinesAtOnce,
    limitedTo: caller.scope.limitedTo === null ? null : PlacesOf.parse(caller.scope.limitedTo),
    timeZone: caller.timeZone,
    operator: { id: caller.operatorId, name: caller.operatorName },
    provider: caller.rights.provider === true,
    suspension: caller.suspension,
    mustEnrol: caller.mustEnrol,
  };
}

function hash(token: string): TokenHash {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
