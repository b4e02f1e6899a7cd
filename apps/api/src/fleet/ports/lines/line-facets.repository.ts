import { Injectable } from '@nestjs/common';
import type { Facet, LineFacet } from '@loopstart/contracts';
import { fromCode, REGISTRATION_STATES, SEVERITIES } from '@loopstart/domain';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { GATEWAY_FACET_SQL } from '../../../core/fleet/gateway-sql.ts';
import { without } from '../../../core/list/conditions.ts';
import { type FacetSql, facetOf, VALUES_MAX } from '../../../core/list/facet.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import {
  countsOf,
  fleet,
  gatewayMatch,
  isCounted,
  lineMatch,
  type LineFilter,
  type LineQuestion,
  REGISTRATION,
  SEVERITY,
} from './line-filter.ts';
import { questionOf, rareDevices, severities } from './line-list.repository.ts';

const OF_GATEWAYS: Partial<Record<LineFacet, FacetSql>> = GATEWAY_FACET_SQL;
/** What a filter's values are over lines `p`. */
const OF_LINES: Partial<Record<LineFacet, string>> = {
  lineDeviceClass: 'p.line_device_class',
  kind: 'p.kind',
  severity: SEVERITY,
  registration: `coalesce(${REGISTRATION}, -1)`,
};

/** Counts lines by the values of one filter, all other filters applied. */
@Injectable()
export class LineFacetsRepository {
  constructor(private readonly db: Database) {}

  count(scope: Scope, now: Date, asked: LineFilter, facet: LineFacet): Promise<Facet> {
    const { operatorId } = scope;
    return this.db.tx(scope, async (sql) => {
      const filter = without(asked, facet);
      const question = questionOf(operatorId, now, filter, await rareDevices(sql, operatorId));
      if (facet === 'severity' && isCounted(filter)) {
        const counts = await severities(sql, question);
        return answer(
          facet,
          SEVERITIES.map((severity) => ({ value: severity, label: severity, count: counts[severity] })),
        );
      }
      const values = new SqlValues();
      const text =
        OF_GATEWAYS[facet] === undefined
          ? overLines(question, OF_LINES[facet] ?? '', values)
          : overGateways(question, OF_GATEWAYS[facet], values);
      const { rows } = await sql.query<{ value: string; label: string; count: number }>(text, values.all);
      return answer(facet, rows);
    });
  }
}

function answer(facet: LineFacet, rows: readonly { value: string; label: string; count: number }[]): Facet {
  const named =
    facet === 'registration'
      ? rows.map((row) => {
          const state = fromCode<string>(REGISTRATION_STATES, Number(row.value)) ?? 'unknown';
          return { ...row, value: state, label: state };
        })
      : rows;
  return facetOf(named);
}

/** Where counts of gateways tell how many lines match, gateways are summed; else the lines of each are counted. */
function overGateways(question: LineQuestion, { value, label }: FacetSql, values: SqlValues): string {
  const { severity } = question.filter;
  const from = `${fleet(values.add(question.now))}`;
  const match = gatewayMatch(question, values);
  const each = isCounted(question.filter)
    ? `select (${value})::text as value, ${label} as label, ${severity === undefined ? 'e.ports_total' : countsOf(severity)} as n from ${from} where ${match}`
    : `select e.value, e.label, l.n from (select e.id, e.name, e.trusted, e.distrust, e.distrust_since, concat_ws(' ', s.name, k.name) as place, (${value})::text as value, ${label} as label
         from ${from} where ${match} offset 0) e cross join lateral (
           select count(*) as n from port p left join gateway_current c on c.gateway_id = p.gateway_id where p.gateway_id = e.id and ${lineMatch(question, values)}) l`;
  return `select value, label, sum(n)::int as count from (${each}) each group by value, label having sum(n) > 0 order by count desc, label limit ${VALUES_MAX + 1}`;
}

function overLines(question: LineQuestion, value: string, values: SqlValues): string {
  return `with g as materialized (
      select e.id, e.name, e.trusted, e.distrust, e.distrust_since, concat_ws(' ', s.name, k.name) as place from ${fleet(values.add(question.now))} where ${gatewayMatch(question, values)})
    select value::text, value::text as label, count(*)::int as count from (
      select ${value} as value from g e join port p on p.gateway_id = e.id left join gateway_current c on c.gateway_id = p.gateway_id where ${lineMatch(question, values)}) each
    group by value order by count desc, value limit ${VALUES_MAX + 1}`;
}
