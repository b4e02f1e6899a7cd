import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PlacesOf, type User } from '@loopstart/contracts';
import { type SignInMethod, suspendedRights } from '@loopstart/domain';
import { CLOCK, type Clock } from '../clock.ts';
import { CONFIG, type Config } from '../config.ts';
import { Database, type PrismaTx } from '../db/database.ts';
import type { Person } from '../http/implements.ts';
import { ProblemError } from '../http/problem-error.ts';
import { Cookies } from './cookies.ts';
import { type GrantRow, grantOf, scopeOf } from './grant.ts';
import { type Scope, wholeOperator } from '../db/scope.ts';

export const SESSION_COOKIE = 'loopstart_session';
const SESSION_MS = 12 * 3_600_000;
/** Enough to name browser and system. */
const USER_AGENT_MAX = 300;

interface SessionRow extends GrantRow {
  id: string;
  user_id: string;
  account_id: string;
  operator_id: string;
  expires_at: Date;
  authenticated_at: Date;
  name: string;
  email: string;
  time_zone: string | null;
  operator_name: string;
  methods: string[];
  suspended_at: Date | null;
  suspension_reason: string | null;
  /** Runs the installation, too. */
  provider: boolean;
}

/** The session of a token with what its member may do: one round trip. Each function is replaced by migrations of its own. */
const SESSION = `select s.*, g.*, o.* from resolve_session($1) s left join lateral resolve_grant(s.user_id) g on true
  cross join lateral resolve_standing(s.operator_id, s.account_id) o`;

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

  /** Opens a session of a member whose account has proved who it is; `record` runs in the same transaction. */
  async open(
    { accountId, userId, operatorId }: { accountId: string; userId: string; operatorId: string },
    { methods, origin, authenticatedAt }: { methods: SignInMethod[]; origin: SessionOrigin; authenticatedAt?: Date },
    record: (prisma: PrismaTx, caller: Person) => Promise<void>,
  ): Promise<{ caller: Person; cookie: string }> {
    const token = randomBytes(32).toString('base64url');
    const now = new Date(this.now());
    const expiresAt = new Date(this.now() + SESSION_MS);
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
      const who = callerFrom(row);
      if (who === null) throw new ProblemError('not-allowed', { detail: `There is no role ${row.role} any more.` });
      await record(prisma, who);
      return who;
    });
    return { caller, cookie: this.#cookies.set(SESSION_COOKIE, token, SESSION_MS / 1000) };
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
       where not exists (select from resolve_session(h) s where s.expires_at > $2)`,
      [tokenHashes.map((one) => Buffer.from(one)), new Date(this.now())],
    );
    return new Set(rows.map((row) => row.hash));
  }

  async #resolve(tokenHash: TokenHash): Promise<Person | null> {
    const { rows } = await this.db.query<SessionRow>(SESSION, [tokenHash]);
    const row = rows[0];
    if (row === undefined || row.expires_at.getTime() <= this.now()) return null;
    return callerFrom(row);
  }
}

/** The caller of a session; null where its role is not in the table any more, which has no rights at all. */
function callerFrom(row: SessionRow): Person | null {
  const grant = grantOf(row);
  if (grant === null) return null;
  const { suspended_at: since, suspension_reason: reason } = row;
  // The identity provider of one operator vouches for a person there, and not for who runs the installation.
  const provider = row.provider && !row.methods.includes('sso');
  const suspension = since === null || reason === null ? null : { since: since.toISOString(), reason };
  return {
    kind: 'person',
    userId: row.user_id,
    accountId: row.account_id,
    sessionId: row.id,
    operatorId: row.operator_id,
    scope: scopeOf(row.operator_id, grant, row.account_id),
    name: row.name,
    email: row.email,
    role: grant.rights.role,
    rights: { ...(suspension === null ? grant.rights : suspendedRights(grant.rights, suspension.reason)), provider },
    suspension,
    timeZone: row.time_zone,
    operatorName: row.operator_name,
    sessionExpiresAt: row.expires_at.getTime(),
    authenticatedAt: row.authenticated_at.getTime(),
  };
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
  };
}

function hash(token: string): TokenHash {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
