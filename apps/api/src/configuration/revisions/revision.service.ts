import { Injectable } from '@nestjs/common';
import type { ConfigEntryChange, ConfigRevision } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { GatewayFactsRepository, placesOf } from '../entries/index.ts';
import { ChangesRepository } from './changes.repository.ts';
import { RevisionRepository } from './revision.repository.ts';

/** What was published, and what each publication changed. */
@Injectable()
export class RevisionService {
  constructor(
    private readonly db: Database,
    private readonly revisions: RevisionRepository,
    private readonly changed: ChangesRepository,
    private readonly gateways: GatewayFactsRepository,
  ) {}

  list(scope: Scope, filter: Parameters<RevisionRepository['list']>[2]) {
    return this.db.tx(scope, (sql) => this.revisions.list(sql, scope.operatorId, filter));
  }

  get(scope: Scope, number: number): Promise<ConfigRevision> {
    return this.db.tx(scope, async (sql) => found(await this.revisions.one(sql, scope.operatorId, number)));
  }

  /** Revision 0 is what was before the first: nothing. */
  changes(scope: Scope, number: number, since: number): Promise<ConfigEntryChange[]> {
    return this.db.tx(scope, async (sql) => {
      found(await this.revisions.one(sql, scope.operatorId, number));
      if (since > 0) found(await this.revisions.one(sql, scope.operatorId, since));
      return this.changed.between(sql, scope.operatorId, since, number);
    });
  }

  history(
    scope: Scope,
    gatewayId: string,
    { position, ...page }: { position: number | undefined; skip: number; limit: number },
  ) {
    return this.db.tx(scope, async (sql) => {
      const facts = found((await this.gateways.some(sql, scope.operatorId, [gatewayId]))[0]);
      const ports = facts.ports.filter((port) => position === undefined || port.position === position);
      return this.changed.history(sql, scope.operatorId, placesOf(facts, ports), page);
    });
  }
}
