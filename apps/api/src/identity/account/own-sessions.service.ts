import { Inject, Injectable } from '@nestjs/common';
import { methodsOf } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { OwnAccounts } from '../audit/index.ts';

interface Row {
  id: string;
  operatorId: string;
  methods: string[];
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

/** Where a person is signed in. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionService,
    private readonly accounts: OwnAccounts,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** This one first, then those used last. */
  async list({ accountId, sessionId, scope }: Person) {
    const names = new Map(
      (await this.sessions.membershipsOf(accountId)).map((one) => [one.operatorId, one.operatorName] as const),
    );
    const { rows } = await this.db.tx(scope, (sql) =>
      sql.query<Row>(
        `select id, operator_id as "operatorId", methods, address, user_agent as "userAgent", created_at as "createdAt",
           last_used_at as "lastUsedAt", expires_at as "expiresAt"
         from session where account_id = $1 and expires_at > $2 order by id <> $3, last_used_at desc, id`,
        [accountId, new Date(this.now()), sessionId],
      ),
    );
    return rows.map((row) => ({
      id: row.id,
      current: row.id === sessionId,
      operator: names.get(row.operatorId) ?? '',
      methods: methodsOf(row.methods),
      address: row.address,
      userAgent: row.userAgent,
      signedInAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    }));
  }

  /** Throws `not-found` where it is not the caller's. */
  end(caller: Person, sessionId: string, requestId: string): Promise<number> {
    return this.#end(caller, requestId, 'id = $2', sessionId, true);
  }

  endOthers(caller: Person, requestId: string): Promise<number> {
    return this.#end(caller, requestId, 'id <> $2', caller.sessionId, false);
  }

  async #end(caller: Person, requestId: string, which: string, id: string, mustExist: boolean): Promise<number> {
    return this.accounts.change(await this.accounts.of(caller), requestId, async (sql) => {
      const { rowCount } = await sql.query(`delete from session where account_id = $1 and ${which}`, [
        caller.accountId,
        id,
      ]);
      const ended = rowCount ?? 0;
      if (mustExist) found(ended === 0 ? null : ended);
      return { result: ended, entry: { verb: 'end-sessions', change: { ended } } };
    });
  }
}
