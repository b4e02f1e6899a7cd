import type { Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { effectiveGateways } from '../../../core/fleet/effective-gateway.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';
import {
  dependsOnTrust,
  type DoubtedGateways,
  type LineFilter,
  type LineQuestion,
  type NamedGateways,
} from './line-filter.ts';

/**
 * A question about lines, with what is found out once for all its statements: gateways that cannot be trusted now, where
 * what is asked depends on it, and those in which its words are found.
 */
export async function lineQuestion(
  sql: Sql,
  { operatorId }: Scope,
  now: Date,
  filter: LineFilter,
  { trust }: { trust: boolean },
): Promise<LineQuestion> {
  const doubted = trust || dependsOnTrust(filter) ? await doubtedGateways(sql, now) : null;
  const named = filter.words === null ? null : await namedGateways(sql, operatorId, filter.words);
  return { operatorId, now, filter, doubted, named };
}

/**
 * Gateways in service whose lines are unknown at this time, or nothing of them is known: behind a silent agent, without an
 * answer, read too long ago or never. Time alone puts gateways here, so that this is never stored.
 */
async function doubtedGateways(sql: Sql, now: Date): Promise<DoubtedGateways> {
  const { rows } = await sql.query<DoubtedGateways>(
    `select coalesce(array_agg(e.id), '{}') as ids, coalesce(array_agg(e.distrust is not null), '{}') as distrusted,
       coalesce(array_agg(e.distrust_since::text), '{}') as since from ${effectiveGateways('$1', { whole: true })} e where e.trusted is not true`,
    [now],
  );
  return rows[0]!;
}

/** Gateways in service in whose names, places or lines each word is found. */
async function namedGateways(sql: Sql, operatorId: string, words: readonly string[]): Promise<NamedGateways> {
  const patterns = '(select array_agg(lower(word)) from unnest($2::text[]) word)::text[]';
  const { rows } = await sql.query<NamedGateways>(
    `select coalesce(array_agg(id), '{}') as ids, coalesce(array_agg(called like all (${patterns})), '{}') as whole from (
       select e.id, ${CALLED} as called, w.words from gateway e join site s on s.id = e.site_id join customer k on k.id = s.customer_id
       join (select operator_id, gateway_id, words from gateway_words offset 0) w on w.operator_id = e.operator_id and w.gateway_id = e.id
       where e.operator_id = $1 and e.retired_at is null offset 0
     ) e where words || ' ' || called like all (${patterns})`,
    [operatorId, words],
  );
  return rows[0]!;
}

/** SQL: what gateway `e`, its site `s` and its customer `k` are called, in small letters. */
export const CALLED = `lower(concat_ws(' ', ${gatewayName('e')}, s.name, k.name))`;
