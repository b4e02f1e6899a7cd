import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Database, type Sql } from '../../core/db/database.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { SecretBox } from '../../core/secret/secret-box.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { BlockedError } from '../../core/egress/target.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { heartbeatContext } from './heartbeats.ts';

@Controller()
export class HeartbeatController {
  constructor(
    private readonly db: Database,
    private readonly secrets: SecretBox,
    private readonly http: GuardedHttp,
    private readonly audit: AuditRepository,
  ) {}

  @Implements(endpoints.getHeartbeat)
  get(@Call() { caller }: CallOf<typeof endpoints.getHeartbeat>) {
    return this.db.tx(caller.scope, shown);
  }

  @Implements(endpoints.putHeartbeat)
  put(@Call() { caller, body, requestId }: CallOf<typeof endpoints.putHeartbeat>) {
    const { url, everyS } = body;
    if (url !== null) this.#check(url);
    const { operatorId, scope } = caller;
    return this.db.tx(scope, async (sql) => {
      const host = url === null ? null : new URL(url).host;
      if (url === null) await sql.query('delete from heartbeat where operator_id = $1', [operatorId]);
      else
        await sql.query(
          `insert into heartbeat (operator_id, url, host, every_s) values ($1, $2, $3, $4)
           on conflict (operator_id) do update set url = excluded.url, host = excluded.host, every_s = excluded.every_s,
             last_sent_at = null, last_status = null, last_error = null, updated_at = now()`,
          [operatorId, this.secrets.seal(url, heartbeatContext(operatorId)), host, everyS],
        );
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'update', subjectType: 'heartbeat', subjectId: operatorId, change: { host, everyS } },
      );
      return shown(sql);
    });
  }

  #check(url: string): void {
    try {
      this.http.check(url);
    } catch (error) {
      if (!(error instanceof BlockedError)) throw error;
      throw new ProblemError('address-not-allowed', { detail: error.message });
    }
  }
}

async function shown(sql: Sql) {
  const { rows } = await sql.query<{
    host: string;
    every_s: number;
    last_sent_at: Date | null;
    last_error: string | null;
  }>('select host, every_s, last_sent_at, last_error from heartbeat');
  const row = rows[0];
  return {
    host: row?.host ?? null,
    everyS: row?.every_s ?? null,
    lastSentAt: row?.last_sent_at?.toISOString() ?? null,
    lastError: row?.last_error ?? null,
  };
}
