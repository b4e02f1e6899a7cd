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
    ...(named === null ? [] : ['w.whole', `case when not w.whole then ${CALLED} end as called`]),
    ...columns.map(({ name, sql }) => `${sql} as ${name}`),
  ];
  const outer = [
    'e.id, e.m, e.positions',
    ...(doubted === null ? [] : ['e.distrusted, e.distrust_since, e.times']),
    ...(named === null ? [] : ['e.whole, e.called']),
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
      : [
          `(e.whole or lower(concat_ws(' ', p.label, p.number, p.reported_number, p.name, e.called)) like all (${wordsOf(words, values)}))`,
        ]),
  ]);
}

function sinceMatch({ now, filter: { since } }: LineQuestion, place: string, values: SqlValues): string[] {
  if (since === undefined) return [];
  return [
    `${sinceOf(place)} ${since === 'older' ? '<' : '>='} ${values.add(now)}::timestamptz - interval '${AGO[since]}'`,
  ];
}

/** SQL: these matching gateways `e`, with their arrays where the times of lines are needed. */
const withPresent = (gateways: string, timed: boolean): string =>
  timed ? `${gateways} left join gateway_current c on c.gateway_id = e.id` : gateways;

/**
 * SQL after `from`: lines `l` of matching gateways by position, with their place in the arrays, and since when they are so
 * where `timed`. They are read from the sets of each gateway; ports only where words have to be found in their names.
 */
export function linesOf(
  question: LineQuestion,
  gateways: string,
  { timed = false, where = [] }: { timed?: boolean; where?: readonly string[] },
  values: SqlValues,
): string {
  const { words, since } = question.filter;
  const lines =
    words === null
      ? `select place, e.positions[place] as "position"${timed ? `, ${sinceOf('place')} as since` : ''} from generate_series(1, length(e.m)) place
         where ${allOf([isIn('e.m', 'place'), ...sinceMatch(question, 'place', values)])}`
      : `select p.ordinal + 1 as place, p."position"${timed ? `, ${sinceOf('p.ordinal + 1')} as since` : ''} from port p where p.gateway_id = e.id and ${lineMatch(question, values)}`;
  return `${withPresent(gateways, timed || since !== undefined)} cross join lateral (${lines} order by 2) l${where.length === 0 ? '' : ` where ${allOf(where)}`}`;
}

/** SQL after `from`: ports `p`, found first, of which the gateway matches, and they too. */
export function matchingPorts(question: LineQuestion, ports: string, gateways: string, values: SqlValues): string {
  const joined = withPresent(`${ports} p join ${gateways} on e.id = p.gateway_id`, question.filter.since !== undefined);
  return `${joined} where ${lineMatch(question, values)}`;
}

const wordsOf = (words: readonly string[], values: SqlValues): string =>
  `(select array_agg(lower(word)) from unnest(${values.add(words)}::text[]) word)::text[]`;
