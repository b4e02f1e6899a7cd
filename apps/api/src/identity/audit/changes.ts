import { Injectable } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { type AuditEntry, AuditRepository } from './audit.repository.ts';

/** The caller of a change, and the request. */
export interface By {
  caller: Caller;
  requestId: string;
}

/** A change as its work reports it. */
export interface Changed<T> {
  result: T;
  /** Null or none where nothing changed, for example when a request is repeated. */
  audit: AuditEntry | readonly AuditEntry[] | null;
  /** Published to browsers after the commit. */
  live?: readonly LiveEvent[];
}

/** Makes a change: the work and its audit entry in one transaction of the caller's scope, live events after the commit. */
@Injectable()
export class Changes {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditRepository,
    private readonly bus: LiveBus,
  ) {}

  /** Runs the work in SQL; after a deadlock it runs again. */
  async make<T>(by: By, work: (sql: Sql) => Promise<Changed<T>>): Promise<T> {
    const changed = await this.db.tx(by.caller.scope, async (sql) => {
      const done = await work(sql);
      await this.audit.write(sql, by, ...entriesOf(done));
      return done;
    });
    return this.#publish(by, changed);
  }

  /** Runs the work in Prisma. */
  async makeInPrisma<T>(
    by: By,
    work: (prisma: Parameters<AuditRepository['record']>[0]) => Promise<Changed<T>>,
  ): Promise<T> {
    const changed = await this.db.prismaTx(by.caller.scope, async (prisma) => {
      const done = await work(prisma);
      await this.audit.record(prisma, by, ...entriesOf(done));
      return done;
    });
    return this.#publish(by, changed);
  }

  #publish<T>({ caller }: By, { result, live = [] }: Changed<T>): T {
    for (const event of live) this.bus.publish(caller.operatorId, event);
    return result;
  }
}

function entriesOf({ audit }: Changed<unknown>): readonly AuditEntry[] {
  if (audit === null) return [];
  return 'verb' in audit ? [audit] : audit;
}
