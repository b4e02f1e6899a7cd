import { allOf } from '../../../core/list/conditions.ts';
import { after, type Key, type KeyColumn, keyOf, orderBy } from '../../../core/list/keyset.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';
import { isExact, type LineQuestion } from './line-filter.ts';
import { LINE_OF_GATEWAY, type LineOrder, type LinePart } from './line-order.ts';
import { asksForAll } from './line-sets.ts';
import { linesOf, matchingGateways, matchingPorts } from './matching-gateways.ts';

/**
 * Statements that find lines. Up to 240,000 of them, each must read little: sets of ports tell of each gateway (some
 * 10,000) how many of its lines match, and its lines are read only until a page is full; or lines are read in the order
 * of an index, and of each its gateway.
 */

/** With no more lines than this they are found and sorted faster than an index of all lines is walked for them. */
export const SORTED_MAX = 4_000;

export interface Wanted {
  question: LineQuestion;
  over: LineOrder['over'];
  part: LinePart;
  /** Behind this one; null from the beginning. */
  key: Key | null;
  limit: number;
  /** By their times: so many times the gateways next to the last page that should do are searched; null: all. */
  nearest: number | null;
}

/** SQL: gateway id, position and key of the next lines of one part of an order. */
export function nextLines(wanted: Wanted, values: SqlValues): string {
  switch (wanted.over) {
    case 'gateways':
      return overGateways(wanted, values);
    case 'lines':
      return overLines(wanted, values);
    case 'changes':
      return wanted.part.where === undefined ? overChanges(wanted, values) : overUnchanged(wanted, values);
  }
}

/** SQL: what was found with its key, which is put together of what is shown alone. */
const keyed = (columns: readonly KeyColumn[], found: string, more = ''): string =>
  `select "gatewayId", "position"${more}, ${keyOf(placed(columns))} as key from (${found}) found`;

const keysOf = (columns: readonly KeyColumn[]): string =>
  columns.map(({ sql }, index) => `${sql} as k${index}`).join(', ');

function overGateways({ question, part, key, limit }: Wanted, values: SqlValues): string {
  const ofGateway = part.key.slice(0, -1);
  const outer = [...ofGateway.map((column, index) => ({ ...column, sql: `e.x${index}` })), LINE_OF_GATEWAY];
  const where = part.where === undefined ? [] : [part.where];
  // The id is the last column of a gateway: the one that the last page ended in may have more lines.
  if (key !== null) {
    const last = values.add(key[ofGateway.length - 1]);
    where.push(`(${after(ofGateway, key, values)} or e.id = ${last}::uuid)`);
  }
  const columns = ofGateway.map(({ sql }, index) => ({ name: `x${index}`, sql }));
  // Each gateway has a line, except the one in which the last page ended.
  const enough = isExact(question.filter) ? `limit ${values.add(limit + 1)}` : '';
  return `with g as materialized (
      select * from ${matchingGateways(question, values, { columns, where })} e order by ${orderBy(outer.slice(0, -1))} ${enough}
    )
    ${keyed(
      outer,
      `select e.id as "gatewayId", l."position", ${keysOf(outer)} from ${linesOf(question, 'g e', { where: key === null ? [] : [after(outer, key, values)] }, values)}
       order by ${orderBy(outer)} limit ${values.add(limit)}`,
    )}`;
}

/** SQL: behind this line in an order of an index, compared as a row, so that the index is entered where the last page ended. */
function behind(columns: readonly KeyColumn[], key: Key, values: SqlValues): string {
  const [name, id, position] = key;
  const compared = columns[0]?.descending === true ? '<' : '>';
  return `(${columns.map(({ sql }) => sql).join(', ')}) ${compared} (${values.add(name)}::text, ${values.add(id)}::uuid, ${values.add(position)}::int)`;
}

const placed = (columns: readonly KeyColumn[]): KeyColumn[] =>
  columns.map((column, index) => ({ ...column, sql: `k${index}` }));

/** Lines by what they are called: those that match are found, looked up and sorted. */
function overLines({ question, part, key, limit }: Wanted, values: SqlValues): string {
  const { key: columns } = part;
  const where = allOf([
    `p.operator_id = ${values.add(question.operatorId)} and p.removed_at is null`,
    ...(part.where === undefined ? [] : [part.where]),
    ...(key === null ? [] : [behind(columns, key, values)]),
  ]);
  return `with g as materialized (select * from ${matchingGateways(question, values)} e),
      found as materialized (select e.id, l."position" from ${linesOf(question, 'g e', { most: true }, values)})
    ${keyed(
      columns,
      `select p.gateway_id as "gatewayId", p."position", ${keysOf(columns)} from found join port p on p.gateway_id = found.id and p."position" = found."position"
       where ${where} order by ${orderBy(columns)} limit ${values.add(limit)}`,
    )}`;
}

/**
 * SQL: the next so many lines in the order of an index, and of them those that match, with the key of each and of the last
 * that was looked at. For many matching lines: the planner cannot know how many, and would find and sort them all.
 */
export function walkLines({ question, part, key, limit }: Wanted, steps: number, values: SqlValues): string {
  const { key: columns } = part;
  const where = allOf([
    `p.operator_id = ${values.add(question.operatorId)} and p.removed_at is null`,
    ...(part.where === undefined ? [] : [part.where]),
    ...(key === null ? [] : [behind(columns, key, values)]),
  ]);
  const keys = placed(columns);
  const here = ['e.id = any (array(select distinct gateway_id from steps))'];
  return `with steps as materialized (
      select p.*, ${keysOf(columns)} from port p where ${where} order by ${orderBy(columns)} limit ${values.add(steps)}
    ), found as (
      select p.gateway_id, p."position", ${keyOf(keys)} as key, ${keys.map(({ sql }) => sql).join(', ')}
      from ${matchingPorts(question, 'steps', `${matchingGateways(question, values, { where: here })} e`, values)} order by ${orderBy(keys)} limit ${values.add(limit)}
    )
    select (select count(*) from steps)::int as steps, (select ${keyOf(keys)} from steps order by ${orderBy(keys.map(turn))} limit 1) as last,
      (select coalesce(json_agg(json_build_object('gatewayId', gateway_id, 'position', "position", 'key', key) order by ${orderBy(keys)}), '[]') from found) as found`;
}

const turn = (column: KeyColumn): KeyColumn => ({ ...column, descending: column.descending !== true });

/** Lines of which it is known since when they are so. Of each gateway the time next to the last page is read from its sorted times. */
function overChanges({ question, part, key, limit, nearest }: Wanted, values: SqlValues): string {
  const { key: columns } = part;
  const back = columns[0]?.descending === true;
  const tick = `interval '1 microsecond'`;
  const [at, id] = key === null ? [null, null] : [`${values.add(key[0])}::timestamptz`, `${values.add(key[1])}::uuid`];
  // Lines of one time come in the order of their gateways: of those before this one, only later times come next.
  const bound = back
    ? `case when e.id >= ${id} then ${at} else ${at} - ${tick} end`
    : `case when e.id >= ${id} then ${at} - ${tick} else ${at} end`;
  const place = `width_bucket(${bound}, e.times)`;
  const own =
    at === null
      ? back
        ? 'e.times[cardinality(e.times)]'
        : 'e.times[1]'
      : back
        ? `e.times[${place}]`
        : `e.times[${place} + 1]`;
  const doubted =
    at === null
      ? 'e.distrust_since'
      : `case when e.distrust_since ${back ? '<=' : '>'} ${bound} then e.distrust_since end`;
  const order = `order by near ${back ? 'desc' : ''}, id`;
  // The next lines of all that match are among so many of all lines, which are at most in as many gateways. One more is the gateway in which the last page ended.
  const few = () =>
    `(select 1 + ceil(${values.add(limit * nearest!)}::float8 * sum(lines) / sum(bit_count(m)))::int from g)`;
  // With nothing filtered each of the nearest gateways has one of the next lines.
  const all = asksForAll(question.filter);
  const enough = nearest !== null ? `limit ${all ? values.add(limit + 1) : few()}` : '';
  const g = `with g as materialized (
      select e.*, case when e.distrusted then ${doubted} else ${own} end as near
      from ${matchingGateways(question, values, { columns: [{ name: 'lines', sql: 'bit_count(x.present)' }] })} e
    ), nearest as materialized (
      select * from g where near is not null ${order} ${enough}
    )`;
  const uncertain =
    nearest !== null && !all
      ? `coalesce(k0 ${back ? '<=' : '>='} (select near from g where near is not null ${order} offset ${few()} limit 1), false) as uncertain`
      : 'false as uncertain';
  return `${g} ${keyed(columns, timedLines('nearest e', { question, key, columns, limit, known: true }, values), `, ${uncertain}`)}`;
}

/** Lines of which it is not known since when they are so. */
function overUnchanged({ question, part, key, limit }: Wanted, values: SqlValues): string {
  const { key: columns } = part;
  const g = `with g as materialized (
      select * from ${matchingGateways(question, values, { columns: [{ name: 'lines', sql: 'bit_count(x.present)' }] })} e
      where case when e.distrusted then e.distrust_since is null else cardinality(e.times) < e.lines end)`;
  return `${g} ${keyed(columns, timedLines('g e', { question, key, columns, limit, known: false }, values))}`;
}

/** SQL: the next lines of these gateways by their time. */
function timedLines(
  gateways: string,
  asked: Pick<Wanted, 'question' | 'key' | 'limit'> & { columns: readonly KeyColumn[]; known: boolean },
  values: SqlValues,
): string {
  const { question, key, columns, limit, known } = asked;
  const where = [`l.since is ${known ? 'not null' : 'null'}`, ...(key === null ? [] : [after(columns, key, values)])];
  return `select e.id as "gatewayId", l."position", ${keysOf(columns)} from ${linesOf(question, gateways, { timed: true, where }, values)} order by ${orderBy(columns)} limit ${values.add(limit)}`;
}
