import { Injectable } from '@nestjs/common';
import type { Facet, LineFacet } from '@loopstart/contracts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { GATEWAY_FACET_SQL, type GatewayKind } from '../../../core/fleet/gateway-sql.ts';
import { without } from '../../../core/list/conditions.ts';
import { facetOf, VALUES_MAX } from '../../../core/list/facet.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import type { LineFilter, LineQuestion } from './line-filter.ts';
import { lineQuestion } from './line-question.ts';
import { isSetName, SETS, type SetName } from './line-sets.ts';
import { countsByGateway, countsBySet } from './line-counts.ts';

/** Counts lines by the values of one filter, all other filters applied. */
@Injectable()
export class LineFacetsRepository {
  constructor(private readonly db: Database) {}

  count(scope: Scope, now: Date, asked: LineFilter, facet: LineFacet): Promise<Facet> {
    const filter = without(asked, facet);
    return this.db.tx(scope, async (sql) => {
      const trust = facet === 'severity' || facet === 'registration';
      const question = await lineQuestion(sql, scope, now, filter, { trust });
      return facetOf(isSetName(facet) ? await bySet(sql, question, facet) : await byGateway(sql, question, facet));
    });
  }
}

async function bySet(sql: Sql, question: LineQuestion, name: SetName): Promise<Facet['values']> {
  const values = new SqlValues();
  const { rows } = await sql.query<{ counts: number[] }>(countsBySet(question, name, values), values.all);
  return SETS[name].values
    .map((value, at) => ({ value, label: value, count: rows[0]?.counts[at] ?? 0 }))
    .sort((a, b) => b.count - a.count);
}

async function byGateway(sql: Sql, question: LineQuestion, facet: keyof GatewayKind): Promise<Facet['values']> {
  const values = new SqlValues();
  const text = countsByGateway(question, GATEWAY_FACET_SQL[facet], VALUES_MAX + 1, values);
  return (await sql.query<Facet['values'][number]>(text, values.all)).rows;
}
