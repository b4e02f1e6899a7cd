import { Injectable } from '@nestjs/common';
import type { Agent, AgentFacet, Facet } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { AgentRepository } from '../agent.repository.ts';
import { AGENT_FACET_SQL, AGENT_ORDER, type AgentFilter, agentRows } from './agent-filter.ts';

/** Agents of all sites, filtered and sorted by the database, page by page. */
@Injectable()
export class AgentListRepository {
  constructor(
    private readonly db: Database,
    private readonly agents: AgentRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: AgentFilter,
    page: ListPage,
  ): Promise<{ items: Agent[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, agentRows(now, filter, values), AGENT_ORDER, page, values);
      return { items: await this.agents.all(sql, now, ids), ...rest };
    });
  }

  /** Counts agents by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: AgentFilter, facet: AgentFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = agentRows(now, without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, AGENT_FACET_SQL[facet], values));
  }
}
