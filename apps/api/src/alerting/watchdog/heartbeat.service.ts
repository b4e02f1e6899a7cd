import { Injectable } from '@nestjs/common';
import type { endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { BlockedError } from '../../core/egress/target.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { HeartbeatRepository } from './heartbeat.repository.ts';
import { heartbeatPlace } from './heartbeats.ts';

/** Where heartbeats of an operator are sent, and how often. */
@Injectable()
export class HeartbeatService {
  constructor(
    private readonly heartbeats: HeartbeatRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    private readonly secrets: Secrets,
    private readonly http: GuardedHttp,
  ) {}

  get(scope: Scope) {
    return this.db.tx(scope, (sql) => this.heartbeats.view(sql));
  }

  put(by: By, { url, everyS }: z.output<typeof endpoints.putHeartbeat.body>) {
    if (url !== null) this.#check(url);
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const { host: formerHost, everyS: formerEveryS } = await this.heartbeats.view(sql);
      const host = url === null ? null : new URL(url).host;
      if (url === null || host === null) await this.heartbeats.remove(sql, operatorId);
      else {
        const sealed = await this.secrets.seal(heartbeatPlace(operatorId), url);
        await this.heartbeats.put(sql, operatorId, { url: sealed, host, everyS });
      }
      return {
        result: await this.heartbeats.view(sql),
        audit: {
          verb: 'update',
          subjectType: 'heartbeat',
          subjectId: operatorId,
          change: { host, everyS },
          before: { host: formerHost, everyS: formerEveryS },
        },
      };
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
