import type { FacetSql } from '../../../core/list/facet.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';
import { isExact, type LineQuestion } from './line-filter.ts';
import type { LinePart } from './line-order.ts';
import { asksForAll, isIn, setOf, type SetName, SETS } from './line-sets.ts';
import { linesOf, linesSince, matchingGateways } from './matching-gateways.ts';

/** How lines may be counted that match: exactly, where sets tell it, else up to this. */
export const COUNT_MAX = 1_000;

/** SQL: how many lines the sets of gateways tell, and how many of each part of an order. */
export function setsCount(question: LineQuestion, parts: readonly LinePart[], values: SqlValues): string {
  const only = parts.flatMap((part) => (part.only === undefined ? [] : [part.only]));
  const columns = only.map(({ name, value }, index) => ({ name: `x${index}`, sql: setOf(name, [value]) }));
  const sums = columns.map(({ name }) => `coalesce(sum(bit_count(e.m & e.${name})), 0)::int`);
  return `select coalesce(sum(bit_count(e.m)), 0)::int as total, array[${sums.join(', ')}]::int[] as parts from ${matchingGateways(question, values, { columns })} e`;
}

/** SQL: how many lines match, up to one more than `COUNT_MAX`; for filters of which sets do not tell it. */
export function countUpTo(question: LineQuestion, values: SqlValues): string {
  return `with g as materialized (select * from ${matchingGateways(question, values)} e)
    select count(*)::int as total from (select 1 from ${linesOf(question, 'g e', {}, values)} limit ${COUNT_MAX + 1}) counted`;
}

/** SQL: lines counted by what is known of their gateways, most first. */
export function countsByGateway(
  question: LineQuestion,
  { value, label }: FacetSql,
  max: number,
  values: SqlValues,
): string {
  const columns = [
    { name: 'value', sql: `(${value})::text` },
    { name: 'label', sql: label },
  ];
  const gateways = `${matchingGateways(question, values, { columns })} e`;
  const { since } = question.filter;
  const n = isExact(question.filter)
    ? 'bit_count(e.m)'
    : since !== undefined && asksForAll({ ...question.filter, since: undefined })
      ? linesSince(since, question.now, values)
      : null;
  const each =
    n === null
      ? `select e.value, e.label, 1 as n from ${linesOf(question, gateways, { most: true }, values)}`
      : `select e.value, e.label, ${n} as n from ${gateways}`;
  return `select value, label, sum(n)::int as count from (${each}) each group by value, label having sum(n) > 0 order by count desc, label limit ${max}`;
}

/** SQL: how many lines have each value of one that has few, as an array in their order. */
export function countsBySet(question: LineQuestion, name: SetName, values: SqlValues): string {
  const columns = SETS[name].values.map((value, at) => ({ name: `x${at}`, sql: setOf(name, [value]) }));
  const gateways = `${matchingGateways(question, values, { columns })} e`;
  const counts = columns.map((column) =>
    isExact(question.filter)
      ? `coalesce(sum(bit_count(e.m & e.${column.name})), 0)::int`
      : `count(*) filter (where ${isIn(`e.${column.name}`, 'l.place')})::int`,
  );
  const from = isExact(question.filter) ? gateways : linesOf(question, gateways, { most: true }, values);
  return `select array[${counts.join(', ')}]::int[] as counts from ${from}`;
}
