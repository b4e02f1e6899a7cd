import { Injectable } from '@nestjs/common';
import type { Line } from '@loopstart/contracts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { decodePlace, encodePlace, type Key, type Place } from '../../../core/list/keyset.ts';
import type { ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { COUNT_MAX, countUpTo, setsCount } from './line-counts.ts';
import { lineDetails } from './line-details.ts';
import { isExact, type LineFilter, type LineQuestion } from './line-filter.ts';
import { lineOrder, type LineOrder, type LinePart } from './line-order.ts';
import { lineQuestion } from './line-question.ts';
import { nextLines, SORTED_MAX, walkLines, type Wanted } from './line-statements.ts';

interface Found {
  gatewayId: string;
  position: number;
  key: Key;
  /** Another gateway may have a line that comes before this one. */
  uncertain?: boolean;
}

/** Lines of the whole fleet, filtered and sorted by the database, page by page. */
@Injectable()
export class LineListRepository {
  /** Small where a test is to go the ways of a large fleet. */
  sortedMax = SORTED_MAX;

  constructor(private readonly db: Database) {}

  /** One page; complete over all pages and without a line twice, as long as nothing changes meanwhile. */
  list(
    scope: Scope,
    now: Date,
    filter: LineFilter,
    { sort, cursor, limit }: ListPage,
  ): Promise<{ items: Line[]; nextCursor: string | null; total: number; totalIsMinimum: boolean }> {
    const order = lineOrder(sort, filter);
    const place = decodePlace(cursor, sort, (part) => order.parts[part]?.key);
    return this.db.tx(scope, async (sql) => {
      const trust = order.by === 'state' || order.by === 'registration' || order.by === 'since';
      const question = await lineQuestion(sql, scope, now, filter, { trust });
      const sets =
        place === null && (isExact(filter) || order.parts[0]?.only !== undefined)
          ? await countSets(sql, question, order)
          : null;
      // Where the sets do not tell how many match, and the way of reading does not depend on it, a short page tells it.
      let total =
        place?.total ??
        (isExact(filter) ? sets!.total : order.over === 'gateways' ? null : await countLines(sql, question));
      const many = total !== null && (total > this.sortedMax || (!isExact(filter) && total >= COUNT_MAX));
      const found = await this.#find(sql, {
        question,
        order,
        place,
        limit: limit + 1,
        many,
        sizes: sets?.parts ?? null,
      });
      total ??= found.length <= limit ? found.length : await countLines(sql, question);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await lineDetails(sql, now, shown),
        nextCursor:
          found.length > limit && last !== undefined
            ? encodePlace({ sort, total, part: last.part, key: last.key })
            : null,
        total,
        totalIsMinimum: !isExact(filter) && total >= COUNT_MAX,
      };
    });
  }

  /** The next lines, from one part of the order to the next until there are enough. */
  async #find(
    sql: Sql,
    asked: Pick<Wanted, 'question' | 'limit'> & {
      many: boolean;
      order: LineOrder;
      place: Place | null;
      sizes: number[] | null;
    },
  ): Promise<(Found & { part: number })[]> {
    const { question, order, place, limit, many } = asked;
    const first = place?.part ?? 0;
    const found: (Found & { part: number })[] = [];
    let { sizes } = asked;
    for (let part = first; part < order.parts.length && found.length < limit; part += 1) {
      // How many lines each part has was counted for the first page; a later one asks it again where it comes to another part.
      if (part > first) sizes ??= (await countSets(sql, question, order)).parts;
      if (sizes?.[part] === 0) continue;
      const one = order.parts[part]!;
      const wanted: Wanted = {
        question: { ...question, filter: narrowed(question.filter, one) },
        over: order.over,
        part: one,
        key: part === place?.part ? place.key : null,
        limit: limit - found.length,
        nearest: many && order.over === 'changes' && one.where === undefined ? NEAREST_MORE[0]! : null,
      };
      const next = await nextOf(sql, wanted, many);
      found.push(...next.map((line) => ({ ...line, part })));
    }
    return found;
  }
}

const narrowed = (filter: LineFilter, { only }: LinePart): LineFilter =>
  only === undefined ? filter : { ...filter, [only.name]: [only.value] };

/** How many lines the sets tell, in all and in each part of the order; no parts where it has none of values. */
async function countSets(
  sql: Sql,
  question: LineQuestion,
  order: LineOrder,
): Promise<{ total: number; parts: number[] | null }> {
  const values = new SqlValues();
  const text = setsCount(question, order.parts, values);
  const { rows } = await sql.query<{ total: number; parts: number[] }>(text, values.all);
  const { total, parts } = rows[0]!;
  return { total, parts: parts.length === 0 ? null : parts };
}

async function countLines(sql: Sql, question: LineQuestion): Promise<number> {
  const values = new SqlValues();
  const { rows } = await sql.query<{ total: number }>(countUpTo(question, values), values.all);
  return Math.min(rows[0]?.total ?? 0, COUNT_MAX);
}

/**
 * Lines by their time are looked for in so many more of the gateways nearest to it than should do, because not all are alike,
 * and what words or times match is not known before; where those do not tell it for sure, in all.
 */
const NEAREST_MORE = [1.5, 12];

async function nextOf(sql: Sql, wanted: Wanted, many: boolean): Promise<Found[]> {
  if (wanted.over === 'lines' && many) return walk(sql, wanted);
  if (wanted.nearest === null) return read(sql, wanted);
  for (const nearest of NEAREST_MORE) {
    const found = await read(sql, { ...wanted, nearest });
    if (found.length === wanted.limit && found.every(({ uncertain }) => uncertain !== true)) return found;
    if (isExact(wanted.question.filter)) break;
  }
  return read(sql, { ...wanted, nearest: null });
}

/** So many lines are looked at first for each that is wanted, and more each time. */
const STEPS_FACTOR = 2;
/** After so many at once those that match lie far apart, and are found and sorted sooner. */
const STEPS_MAX = 4_000;

/** Walks an index of all lines until there are enough that match. */
async function walk(sql: Sql, wanted: Wanted): Promise<Found[]> {
  const found: Found[] = [];
  let { key } = wanted;
  for (let steps = wanted.limit * STEPS_FACTOR; found.length < wanted.limit; steps *= 4) {
    const rest = { ...wanted, key, limit: wanted.limit - found.length };
    if (steps > STEPS_MAX) return [...found, ...(await read(sql, rest))];
    const values = new SqlValues();
    const text = walkLines(rest, steps, values);
    const { rows } = await sql.query<{ steps: number; last: Key | null; found: Found[] }>(text, values.all);
    const [walked] = rows;
    found.push(...(walked?.found ?? []));
    if (walked === undefined || walked.steps < steps) break;
    key = walked.last;
  }
  return found;
}

async function read(sql: Sql, wanted: Wanted): Promise<Found[]> {
  const values = new SqlValues();
  const { rows } = await sql.query<Found>(nextLines(wanted, values), values.all);
  return rows;
}
