import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Role, User } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../clock.ts';
import { CONFIG, type Config } from '../config.ts';
import { Database } from '../db/database.ts';
import type { Caller } from '../http/implements.ts';
import { ProblemError } from '../http/problem-error.ts';
import { verifyPassword } from './password.ts';

export const SESSION_COOKIE = 'loopstart_session';
const SESSION_MS = 12 * 3_600_000;

interface SessionRow {
  user_id: string;
  operator_id: string;
  expires_at: Date;
  name: string;
  email: string;
  role: Role;
  time_zone: string | null;
  operator_name: string;
}

/** Sign-in sessions: a random token in an http-only cookie, its SHA-256 in the database. */
@Injectable()
export class SessionService {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Signs in; returns the user and the cookie to set. Throws `wrong-credentials`. */
  async signIn(email: string, password: string): Promise<{ user: User; cookie: string }> {
    const { rows } = await this.db.query<{ id: string; operator_id: string; password_hash: string }>(
      'select * from resolve_user($1)',
      [email],
    );
    const row = rows[0];
    if (!(await verifyPassword(password, row?.password_hash ?? null)) || row === undefined)
      throw new ProblemError('wrong-credentials');
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.now() + SESSION_MS);
    await this.db.prismaTx(row.operator_id, async (prisma) => {
      await prisma.session.deleteMany({ where: { userId: row.id, expiresAt: { lt: new Date(this.now()) } } });
      await prisma.session.create({
        data: { tokenHash: hash(token), operatorId: row.operator_id, userId: row.id, expiresAt },
      });
    });
    const caller = await this.#resolve(token);
    if (caller === null) throw new ProblemError('wrong-credentials');
    return { user: toUser(caller), cookie: this.#cookie(token, SESSION_MS / 1000) };
  }

  /** Forgets the session; returns the cookie that clears the browser's. */
  async signOut(cookieHeader: string | undefined, operatorId: string): Promise<string> {
    const token = tokenOf(cookieHeader);
    if (token !== null)
      await this.db.prismaTx(operatorId, (prisma) => prisma.session.deleteMany({ where: { tokenHash: hash(token) } }));
    return this.#cookie('', 0);
  }

  /** Who sent this cookie header; null where nobody is signed in. */
  async callerOf(cookieHeader: string | undefined): Promise<Caller | null> {
    const token = tokenOf(cookieHeader);
    return token === null ? null : this.#resolve(token);
  }

  async #resolve(token: string): Promise<Caller | null> {
    const { rows } = await this.db.query<SessionRow>('select * from resolve_session($1)', [hash(token)]);
    const row = rows[0];
    if (row === undefined || row.expires_at.getTime() <= this.now()) return null;
    return {
      userId: row.user_id,
      operatorId: row.operator_id,
      name: row.name,
      email: row.email,
      role: row.role,
      timeZone: row.time_zone,
      operatorName: row.operator_name,
      sessionExpiresAt: row.expires_at.getTime(),
    };
  }

  #cookie(value: string, maxAgeS: number): string {
    const secure = this.config.PUBLIC_URL.startsWith('https:') ? '; Secure' : '';
    return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${secure}`;
  }
}

/** A caller as the contract shows a user. */
export function toUser(caller: Caller): User {
  return {
    id: caller.userId,
    email: caller.email,
    name: caller.name,
    role: caller.role,
    timeZone: caller.timeZone,
    operator: { id: caller.operatorId, name: caller.operatorName },
  };
}

function tokenOf(cookieHeader: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([\\w-]{20,100})(?:;|$)`).exec(cookieHeader ?? '')?.[1] ?? null;
}

function hash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
