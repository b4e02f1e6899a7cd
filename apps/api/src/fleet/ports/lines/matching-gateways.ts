import type { SinceRange } from '@loopstart/contracts';
import { ofKind } from '../../../core/fleet/gateway-sql.ts';
import { allOf } from '../../../core/list/conditions.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';
import type { LineQuestion } from './line-filter.ts';
import { CALLED } from './line-question.ts';
import { isIn, matchingSet } from './line-sets.ts';

/** SQL: the time of `now` so much ago. */
const AGO: Record<SinceRange, string> = { hour: '1 hour', day: '1 day', week: '7 days', older: '7 days' };

/** SQL: since when the line of this place in the arrays `c` of gateway `e` is as it is. */
const sinceOf = (place: string): string =>
  `case when e.distrusted then e.distrust_since else c.state_since[${place}] end`;

interface Wanted {
  /** More columns, over gateways `e` at their place `s`, `k` with the sets `x` of their lines. */
  columns?: readonly { name: string; sql: string }[];
  /** SQL conditions over the same. */
  where?: readonly string[];
}

/**
 * SQL subquery: gateways in service of which a line can match, by `id`, with `m`, the set of those lines. Where the sets do
 * not tell it all (`isExact`), each line in `m` has to be asked `lineMatch` besides.
 */
export function matchingGateways(question: LineQuestion, values: SqlValues, wanted: Wanted = {}): string {
  const { filter, doubted, named } = question;
  const { columns = [], where = [] } = wanted;
  const inner = [
    'e.id',
    `${matchingSet(filter)} as m`,
    'x.positions',
    ...(doubted === null
      ? []
      : ['coalesce(d.distrusted, false) as distrusted', 'd.since as distrust_since', 'x.since as times']),
    ...(named === null ? [] : [`${neededOf(question, values)} as needed`]),
    ...columns.map(({ name, sql }) => `${sql} as ${name}`),
  ];
  const outer = [
    'e.id, e.m, e.positions',
    ...(doubted === null ? [] : ['e.distrusted, e.distrust_since, e.times']),
    ...(named === null ? [] : ['e.needed']),
    ...columns.map(({ name }) => `e.${name}`),
  ];
  const match = [
    'bit_count(e.m) > 0',
    ...(filter.since === undefined ? [] : [mayBeSince(filter.since, values.add(question.now))]),
  ];
  const within = allOf([
    `e.operator_id = ${values.add(question.operatorId)}`,
    'e.retired_at is null',
    ...ofKind(filter, values),
    ...where,
  ]);
  // Joined only where something is asked of them: a statement that reads all gateways is a sixth faster without.
  const placed = /\b[sk]\./.test(`${inner.join(', ')} ${within}`);
  return `(select ${outer.join(', ')} from (
      select ${inner.join(', ')} from gateway e
      join gateway_lines x on x.operator_id = e.operator_id and x.gateway_id = e.id
      ${placed ? 'join site s on s.id = e.site_id join customer k on k.id = s.customer_id' : ''}
      ${named === null ? '' : `join unnest(${values.add(named.ids)}::uuid[], ${values.add(named.whole)}::boolean[]) w (id, whole) on w.id = e.id`}
      ${doubted === null ? '' : `left join unnest(${values.add(doubted.ids)}::uuid[], ${values.add(doubted.distrusted)}::boolean[], ${values.add(doubted.since)}::timestamptz[]) d (id, distrusted, since) on d.id = e.id`}
      where ${within} offset 0
    ) e where ${allOf(match)})`;
}

/** SQL: can a line of this gateway be so for so long? Its times are ascending. */
function mayBeSince(range: SinceRange, now: string): string {
  const at = `${now}::timestamptz - interval '${AGO[range]}'`;
  return range === 'older'
    ? `case when e.distrusted then e.distrust_since else e.times[1] end < ${at}`
    : `case when e.distrusted then e.distrust_since else e.times[cardinality(e.times)] end >= ${at}`;
}

/** SQL: how many lines of a matching gateway `e` are so for so long, where nothing else is asked of its lines. */
export function linesSince(range: SinceRange, now: Date, values: SqlValues): string {
  const before = `width_bucket(${values.add(now)}::timestamptz - interval '${AGO[range]}' - interval '1 microsecond', e.times)`;
  // All lines of a gateway that is distrusted are so for as long; it matches, so that they do.
  return `case when e.distrusted then bit_count(e.m) else ${range === 'older' ? before : `cardinality(e.times) - ${before}`} end`;
}

/** SQL over ports `p` of matching gateways `e` with their arrays `c`: do they match? */
function lineMatch(question: LineQuestion, values: SqlValues): string {
  const { words } = question.filter;
  return allOf([
    `p.operator_id = ${values.add(question.operatorId)}`,
    'p.removed_at is null',
    isIn('e.m', 'p.ordinal + 1'),
    ...sinceMatch(question, 'p.ordinal + 1', values),
    ...(words === null
      ? []
      : [`lower(concat_ws(' ', p.label, p.number, p.reported_number, p.name)) like all (e.needed)`]),
  ]);
}

function sinceMatch({ now, filter: { since } }: LineQuestion, place: string, values: SqlValues): string[] {
  if (since === undefined) return [];
  return [
    `${sinceOf(place)} ${since === 'older' ? '<' : '>='} ${values.add(now)}::timestamptz - interval '${AGO[since]}'`,
  ];
}

/**
 * SQL after `from`: lines `l` of matching gateways, with their place in the arrays, and since when they are so where `timed`.
 * They are read from the sets of each gateway, and from what its lines are called where words have to be found. `most` is
 * for questions that most gateways are read for: what is read besides is then read of all at once.
 */
export function linesOf(
  question: LineQuestion,
  gateways: string,
  { timed = false, most = false, where = [] }: { timed?: boolean; most?: boolean; where?: readonly string[] },
  values: SqlValues,
): string {
  const { words, since } = question.filter;
  const of = (table: string, column: string) =>
    most ? `(select gateway_id, ${column} from ${table} offset 0)` : table;
  const match = allOf([isIn('e.m', 'place'), ...sinceMatch(question, 'place', values)]);
  const places =
    words === null
      ? 'generate_series(1, length(e.m)) place'
      : `unnest(w.lines) with ordinality named (line, at) cross join lateral (select at::int as place) placed`;
  const named = words === null ? '' : 'line like all (e.needed) and ';
  return [
    gateways,
    timed || since !== undefined ? `left join ${of('gateway_current', 'state_since')} c on c.gateway_id = e.id` : '',
    words === null ? '' : `join ${of('gateway_words', 'lines')} w on w.gateway_id = e.id`,
    `cross join lateral (
      select place, e.positions[place] as "position"${timed ? `, ${sinceOf('place')} as since` : ''} from ${places} where ${named}${match}
    ) l`,
    where.length === 0 ? '' : `where ${allOf(where)}`,
  ].join(' ');
}

/** SQL after `from`: ports `p`, found first, of which the gateway matches, and they too. */
export function matchingPorts(question: LineQuestion, ports: string, gateways: string, values: SqlValues): string {
  const present = question.filter.since === undefined ? '' : 'left join gateway_current c on c.gateway_id = e.id';
  const joined = `${ports} p join ${gateways} on e.id = p.gateway_id ${present}`;
  return `${joined} where ${lineMatch(question, values)}`;
}

/** SQL: the words that gateway `e` is not called by, so that its lines have to be. */
const neededOf = ({ filter: { words } }: LineQuestion, values: SqlValues): string =>
  `case when w.whole then '{}' else array(select lower(word) from unnest(${values.add(words)}::text[]) word where ${CALLED} not like lower(word)) end`;
