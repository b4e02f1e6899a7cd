import { SEVERITIES } from '@loopstart/domain';
import { BY_NAME } from '../../../core/fleet/gateway-sql.ts';
import { after, type Key, type KeyColumn, keyOf, orderBy } from '../../../core/list/keyset.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';
import {
  countsOf,
  fleet,
  gatewayMatch,
  isCounted,
  lineMatch,
  type LineQuestion,
  needsArrays,
  SINCE,
} from './line-filter.ts';
import type { LineOrder, LinePart } from './line-order.ts';

/**
 * Statements that find lines. Up to 240,000 of them, each must read little: gateways are judged once (some 10,000), and
 * lines of them only until a page is full; or lines in the order of an index, and of each its gateway.
 */

/** So many lines are found and sorted faster than an index of all lines is walked for them. */
export const SORTED_MAX = 20_000;

/** How lines may be counted that match: exactly, where gateways tell it, else up to this. */
export const COUNT_MAX = 10_000;

/** What of a gateway its lines are judged by. */
function judged({ filter }: LineQuestion): string {
  return [
    'e.id',
    ...(needsArrays(filter) ? ['e.trusted', 'e.distrust', 'e.distrust_since'] : []),
    ...(filter.words === null ? [] : ['e.name', `concat_ws(' ', s.name, k.name) as place`]),
  ].join(', ');
}

const arrays = (needed: boolean): string =>
  needed ? 'left join gateway_current c on c.gateway_id = p.gateway_id' : '';

/** SQL: what was found with its key, which is put together of what is shown alone. */
const keyed = (columns: readonly KeyColumn[], found: string): string =>
  `select "gatewayId", "position", ${keyOf(columns.map((column, index) => ({ ...column, sql: `k${index}` })))} as key from (${found}) found`;

const keysOf = (columns: readonly KeyColumn[]): string =>
  columns.map(({ sql }, index) => `${sql} as k${index}`).join(', ');

export interface Wanted {
  question: LineQuestion;
  over: LineOrder['over'];
  part: LinePart;
  /** Behind this one; null from the beginning. */
  key: Key | null;
  limit: number;
  /** No more lines than this can match. */
  bound: number;
  /** With no more than so many, they are found and sorted. */
  sortedMax: number;
}

/** SQL: gateway id, position and key of the next lines of one part of an order. */
export function nextLines(wanted: Wanted, values: SqlValues): string {
  switch (wanted.over) {
    case 'gateways':
      return overGateways(wanted, values);
    case 'lines':
      return overLines(wanted, values);
    case 'changes':
      return overChanges(wanted, values);
  }
}

function overGateways(wanted: Wanted, values: SqlValues): string {
  const { question, part, key, limit, bound, sortedMax } = wanted;
  // Where gateways that match are many, their index by name is walked; else all are judged at once and sorted.
  if (bound > sortedMax && part.key[0]?.sql === BY_NAME) return walkGateways(wanted, values);
  const now = values.add(question.now);
  const ofGateway = part.key.slice(0, -1);
  const outer = [...ofGateway.map((column, index) => ({ ...column, sql: `e.x${index}` })), LINE_OF_GATEWAY];
  // The id is the last column of a gateway: the one that the last page ended in may have more lines.
  const from =
    key === null
      ? ''
      : `and (${after(ofGateway, key, values)} or e.id = ${values.add(key[ofGateway.length - 1])}::uuid)`;
  return `with g as materialized (
      select ${judged(question)}, ${ofGateway.map(({ sql }, index) => `${sql} as x${index}`).join(', ')}
      from ${fleet(now)} where ${gatewayMatch(question, values)} ${part.where === undefined ? '' : `and ${part.where}`} ${from}
      order by ${orderBy(ofGateway)}
    )
    ${keyed(
      outer,
      `select e.id as "gatewayId", l."position", ${keysOf(outer)} from g e cross join lateral (${linesOfGateway(question, values)}) l
      ${key === null ? '' : `where ${after(outer, key, values)}`} order by ${orderBy(outer)} limit ${values.add(limit)}`,
    )}`;
}

/** Gateways one after the other in the order of their names, each judged by itself, until the page is full. */
function walkGateways({ question, part, key, limit }: Wanted, values: SqlValues): string {
  const descending = part.key[0]?.descending === true;
  const columns: KeyColumn[] = [
    { sql: 'w.name_key', kind: 'text', descending },
    { sql: 'w.id', kind: 'uuid', descending },
    LINE_OF_GATEWAY,
  ];
  const now = values.add(question.now);
  const from =
    key === null
      ? ''
      : `and (w.name_key, w.id) ${descending ? '<=' : '>='} (${values.add(key[0])}::text, ${values.add(key[1])}::uuid) and ${after(columns, key, values)}`;
  return keyed(
    columns,
    `select w.id as "gatewayId", l."position", ${keysOf(columns)} from gateway w
      cross join lateral (select ${judged(question)} from ${fleet(now, { each: true })} where e.id = w.id and ${gatewayMatch(question, values)} ${part.where === undefined ? '' : `and ${part.where}`} offset 0) e
      cross join lateral (${linesOfGateway(question, values)}) l
    where w.operator_id = ${values.add(question.operatorId)} and w.retired_at is null ${from} order by ${orderBy(columns)} limit ${values.add(limit)}`,
  );
}

const LINE_OF_GATEWAY: KeyColumn = { sql: 'l."position"', kind: 'integer' };

const linesOfGateway = (question: LineQuestion, values: SqlValues): string =>
  `select p."position" from port p ${arrays(needsArrays(question.filter))} where p.gateway_id = e.id and ${lineMatch(question, values)} order by p."position"`;

function overLines({ question, part, key, limit, bound, sortedMax }: Wanted, values: SqlValues): string {
  const now = values.add(question.now);
  const { key: columns } = part;
  const back = columns[0]?.descending === true;
  const match = [
    lineMatch(question, values),
    ...(part.where === undefined ? [] : [part.where]),
    // Compared as a row, so that the index is entered where the last page ended.
    ...(key === null
      ? []
      : [
          `(${columns.map(({ sql }) => sql).join(', ')}) ${back ? '<' : '>'} (${values.add(key[0])}::text, ${values.add(key[1])}::uuid, ${values.add(key[2])}::int)`,
        ]),
  ].join(' and ');
  const gateways = gatewayMatch(question, values);
  const from =
    bound <= sortedMax
      ? `(select ${judged(question)} from ${fleet(now)} where ${gateways} offset 0) e join port p on p.gateway_id = e.id`
      : `port p cross join lateral (select ${judged(question)} from ${fleet(now, { each: true })} where e.id = p.gateway_id and ${gateways} offset 0) e`;
  return keyed(
    columns,
    `select p.gateway_id as "gatewayId", p."position", ${keysOf(columns)} from ${from} ${arrays(needsArrays(question.filter))}
    where ${match} order by ${orderBy(columns)} limit ${values.add(limit)}`,
  );
}

function overChanges({ question, part, key, limit, bound, sortedMax }: Wanted, values: SqlValues): string {
  const now = values.add(question.now);
  const { key: columns } = part;
  const named = question.filter.words === null ? '' : `, e.name, concat_ws(' ', s.name, k.name) as place`;
  const g = `with g as materialized (select e.id, e.trusted, e.distrust, e.distrust_since${named} from ${fleet(now)} where ${gatewayMatch(question, values)})`;
  const each = `select e.id, p.ordinal + 1 as place, ${SINCE} as since from g e join port p on p.gateway_id = e.id ${arrays(true)} where ${lineMatch(question, values)}`;
  // Of the whole fleet, times are read from the arrays of its gateways, without its lines.
  const known = `select e.id, u.place::int, u.since from g e join gateway_current c on c.gateway_id = e.id cross join lateral unnest(c.state_since) with ordinality u (since, place) where e.distrust is null
    union all ${each} and e.distrust is not null`;
  const unknown = `${each} and (${SINCE}) is null and (e.distrust is not null or c.state_since is null or array_position(c.state_since, null) is not null)`;
  const whole = isCounted(question.filter) && question.filter.severity === undefined && bound > sortedMax;
  const lines = !whole ? each : part.where === 'l.since is null' ? unknown : known;
  return `${g} ${keyed(
    columns,
    `select p.gateway_id as "gatewayId", p."position", ${columns.map((_, index) => `l.k${index}`).join(', ')} from (
      select l.id, l.place, ${keysOf(columns)}, row_number() over () as n from (
        select * from (${lines}) l where ${part.where} ${key === null ? '' : `and ${after(columns, key, values)}`} order by ${orderBy(columns)} limit ${values.add(limit)}
      ) l
    ) l join port p on p.operator_id = ${values.add(question.operatorId)} and p.gateway_id = l.id and p.ordinal = l.place - 1 and p.removed_at is null order by l.n`,
  )}`;
}

/** SQL: no more lines than this can match; where gateways tell it, so many do. */
export function boundOf(question: LineQuestion, values: SqlValues): string {
  const { severity } = question.filter;
  return `select coalesce(sum(${severity === undefined ? 'e.ports_total' : countsOf(severity)}), 0)::int as bound
    from ${fleet(values.add(question.now))} where ${gatewayMatch(question, values)}`;
}

/** SQL: the lines of the gateways that match, by severity. */
export function severitiesOf(question: LineQuestion, values: SqlValues): string {
  return `select ${SEVERITIES.map((severity) => `coalesce(sum(e.ports_${severity}), 0)::int as ${severity}`).join(', ')}
    from ${fleet(values.add(question.now))} where ${gatewayMatch(question, values)}`;
}

/** SQL: how many lines match, up to one more than `COUNT_MAX`. */
export function countUpTo(question: LineQuestion, values: SqlValues): string {
  return `with g as materialized (select ${judged(question)} from ${fleet(values.add(question.now))} where ${gatewayMatch(question, values)})
    select count(*)::int as total from (
      select 1 from g e cross join lateral (
        select 1 from port p ${arrays(needsArrays(question.filter))} where p.gateway_id = e.id and ${lineMatch(question, values)} offset 0
      ) l limit ${COUNT_MAX + 1}
    ) counted`;
}
