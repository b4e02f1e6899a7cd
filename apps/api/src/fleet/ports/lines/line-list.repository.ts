import { Injectable } from '@nestjs/common';
import type { Line } from '@loopstart/contracts';
import { REGISTRATION_STATES, type Severity } from '@loopstart/domain';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { type GatewayContext, PORT_ROW, type PortRow, portView } from '../../../core/fleet/port-view.ts';
import { decodePlace, encodePlace, type Key } from '../../../core/list/keyset.ts';
import type { ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { DEVICE_ORDER, fleet, isCounted, type LineFilter, type LineQuestion } from './line-filter.ts';
import { lineOrder, type LineOrder, type LinePart } from './line-order.ts';
import { boundOf, COUNT_MAX, countUpTo, nextLines, severitiesOf, SORTED_MAX, type Wanted } from './line-statements.ts';

interface Found {
  gatewayId: string;
  position: number;
  key: Key;
}

type Where = Pick<
  Line,
  | 'gatewayName'
  | 'vendor'
  | 'model'
  | 'modelReason'
  | 'firmware'
  | 'siteId'
  | 'siteName'
  | 'customerId'
  | 'customerName'
>;

/** A line device so rare is looked up by its lines, not by walking gateways until enough are found. */
const RARE_MAX = 2000;

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
    const { operatorId } = scope;
    return this.db.tx(scope, async (sql) => {
      const rare =
        filter.lineDeviceClass !== undefined || order.by === 'device' ? await rareDevices(sql, operatorId) : NO_DEVICES;
      const question = questionOf(operatorId, now, filter, rare);
      // Where gateways tell how many lines match, further pages know it already.
      const most = place !== null && isCounted(filter) ? place.total : await bound(sql, question);
      const total = place?.total ?? (await count(sql, question, most));
      const sizes = await sizesOf(sql, order, question, rare);
      const found: (Found & { part: number })[] = [];
      for (let part = place?.part ?? 0; part < order.parts.length && found.length <= limit; part += 1) {
        const one = order.parts[part]!;
        const size = sizes(one);
        if (size === 0) continue;
        const next = await read(sql, {
          question: questionOf(operatorId, now, { ...filter, ...one.only }, rare),
          over: order.over,
          part: one,
          key: part === place?.part ? place.key : null,
          limit: limit + 1 - found.length,
          bound: Math.min(most, size),
          sortedMax: this.sortedMax,
        });
        found.push(...next.map((line) => ({ ...line, part })));
      }
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await details(sql, now, shown),
        nextCursor:
          found.length > limit && last !== undefined
            ? encodePlace({ sort, total, part: last.part, key: last.key })
            : null,
        total,
        totalIsMinimum: !isCounted(filter) && total >= COUNT_MAX,
      };
    });
  }
}

/** How many lines a part of an order has at most, where that is known; a part without lines is left out. */
async function sizesOf(
  sql: Sql,
  order: LineOrder,
  question: LineQuestion,
  rare: RareDevices,
): Promise<(part: LinePart) => number> {
  switch (order.by) {
    case 'state': {
      const counts = await severities(sql, question);
      return ({ only }) => counts[only?.severity?.[0] ?? 'unknown'];
    }
    case 'device':
      return ({ only }) => rare.get(only?.lineDeviceClass?.[0] ?? 'unknown') ?? Number.MAX_SAFE_INTEGER;
    case 'registration': {
      const present = await registrations(sql, question.operatorId);
      // Those that have one are found by the arrays of all gateways at once.
      return ({ only }) =>
        only?.registration?.[0] === 'unknown' || present.has(only?.registration?.[0] ?? '') ? 1 : 0;
    }
    default:
      return () => Number.MAX_SAFE_INTEGER;
  }
}

/** Line devices of which there are few or none, with how many. */
export type RareDevices = ReadonlyMap<string, number>;
const NO_DEVICES: RareDevices = new Map();

export function questionOf(operatorId: string, now: Date, filter: LineFilter, rare: RareDevices): LineQuestion {
  const wanted = filter.lineDeviceClass;
  return { operatorId, now, filter, rareDevices: wanted !== undefined && wanted.every((device) => rare.has(device)) };
}

export async function rareDevices(sql: Sql, operatorId: string): Promise<RareDevices> {
  const { rows } = await sql.query<{ device: string; n: number }>(
    `select device, (select count(*) from (select from port p where p.operator_id = $1 and p.removed_at is null and p.line_device_class = device limit $3 + 1) few)::int as n
     from unnest($2::text[]) device`,
    [operatorId, [...DEVICE_ORDER], RARE_MAX],
  );
  return new Map(rows.filter(({ n }) => n <= RARE_MAX).map(({ device, n }) => [device, n]));
}

/** Codes of registrations that any line has. */
async function registrations(sql: Sql, operatorId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<Record<string, boolean>>(
    `select ${REGISTRATION_STATES.map((state, code) => `bool_or(${code} = any (registration)) as "${state}"`).join(', ')} from gateway_current where operator_id = $1`,
    [operatorId],
  );
  return new Set(Object.entries(rows[0] ?? {}).flatMap(([state, there]) => (there ? [state] : [])));
}

export async function bound(sql: Sql, question: LineQuestion): Promise<number> {
  const values = new SqlValues();
  const { rows } = await sql.query<{ bound: number }>(boundOf(question, values), values.all);
  return rows[0]?.bound ?? 0;
}

export async function severities(sql: Sql, question: LineQuestion): Promise<Record<Severity, number>> {
  const values = new SqlValues();
  const { rows } = await sql.query<Record<Severity, number>>(severitiesOf(question, values), values.all);
  return rows[0]!;
}

async function count(sql: Sql, question: LineQuestion, most: number): Promise<number> {
  if (isCounted(question.filter)) return most;
  const values = new SqlValues();
  const { rows } = await sql.query<{ total: number }>(countUpTo(question, values), values.all);
  return Math.min(rows[0]?.total ?? 0, COUNT_MAX);
}

async function read(sql: Sql, wanted: Wanted): Promise<Found[]> {
  const values = new SqlValues();
  const { rows } = await sql.query<Found>(nextLines(wanted, values), values.all);
  return rows;
}

/** What is shown of lines that were found, in their order. */
async function details(sql: Sql, now: Date, lines: readonly Found[]): Promise<Line[]> {
  if (lines.length === 0) return [];
  const { rows } = await sql.query<PortRow & GatewayContext & Where>(
    `select ${PORT_ROW}, e.name as "gatewayName", e.vendor, e.model, e.model_reason as "modelReason", e.firmware, s.id as "siteId", s.name as "siteName", k.id as "customerId", k.name as "customerName",
       e.distrust, e.distrust_since as "distrustSince", e.observed_at as "observedAt", g.capabilities, c.nulls
     from unnest($2::uuid[], $3::int[]) with ordinality shown (id, place, n)
     join (${fleet('$1')}) on e.id = shown.id join gateway g on g.id = shown.id
     join port p on p.gateway_id = shown.id and p."position" = shown.place left join gateway_current c on c.gateway_id = shown.id
     where e.id = any ($4::uuid[]) order by shown.n`,
    [
      now,
      lines.map(({ gatewayId }) => gatewayId),
      lines.map(({ position }) => position),
      [...new Set(lines.map(({ gatewayId }) => gatewayId))],
    ],
  );
  return rows.map((row) => {
    const { gatewayName, vendor, model, modelReason, firmware, siteId, siteName, customerId, customerName } = row;
    const place = { siteId, siteName, customerId, customerName };
    return { ...portView(row, row), gatewayName, vendor, model, modelReason, firmware, ...place };
  });
}
