import type { CALL_FAX_FILTER, CALL_PERIODS, CALL_QUALITY_FILTER, CallColumn, CallFacet } from '@loopstart/contracts';
import { ANSWERED_MAX_MS, CALL_PHASES, FAIR_MOS_MIN, GOOD_MOS_MIN, UNANSWERED_MAX_MS } from '@loopstart/domain';
import { atPlace, placeFacets, type PlaceFilter, placeKeys } from '../../core/fleet/place.sql.ts';
import { allOf, allWords, oneOf } from '../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../core/list/list-rows.ts';
import type { SqlValues } from '../../core/list/sql-values.ts';

/** Which calls are asked for; each filter that is there has to match. */
export interface CallFilter extends PlaceFilter {
  operatorId: string;
  nowMs: number;
  /** Patterns that all have to match the numbers, the cause or the names of where the call was. */
  words: readonly string[] | null;
  number?: string | undefined;
  direction?: readonly string[] | undefined;
  progress?: readonly string[] | undefined;
  cause?: readonly string[] | undefined;
  fax?: readonly (typeof CALL_FAX_FILTER)[number][] | undefined;
  quality?: readonly (typeof CALL_QUALITY_FILTER)[number][] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const PERIOD_MS: Readonly<Record<(typeof CALL_PERIODS)[number], number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
};

/** When a period up to now began, or a time that is later. */
export function startOf(
  within: (typeof CALL_PERIODS)[number] | undefined,
  from: string | undefined,
  nowMs: number,
): string | undefined {
  if (within === undefined) return from;
  const start = nowMs - PERIOD_MS[within];
  return from !== undefined && Date.parse(from) > start ? from : new Date(start).toISOString();
}

/** Beyond so many, calls are neither counted nor put into another order: it would cost a scan of all. */
export const CALLS_MAX = 10_000;
/** The order that an index has: calls are walked through, however many they are. */
export const NEWEST_FIRST = '-at';

const PLACES = `join site ps on ps.id = e.site_id join customer pk on pk.id = ps.customer_id join gateway pg on pg.id = e.gateway_id`;
const TEXTS = [
  'e.dialled',
  'e.called',
  'e.calling',
  'e.line_number',
  'e.cause',
  'pg.name',
  'pg.sys_name',
  'ps.name',
  'pk.name',
];
const END = 1 << CALL_PHASES.indexOf('end');

/** SQL: how far call `e` has come, by the rule of `callProgress` in the domain. */
function progressOf(nowMs: number): string {
  const before = (ms: number) => `to_timestamp(${(nowMs - ms) / 1000})`;
  return `(case when (e.phases & ${END}) <> 0 then 'ended'
    when e.connected_at is not null then case when e.connected_at < ${before(ANSWERED_MAX_MS)} then 'no-end-received' else 'connected' end
    when e.at < ${before(UNANSWERED_MAX_MS)} then 'no-end-received' else 'started' end)`;
}

const QUALITY = `(case when e.mos is null then 'not-measured' when e.mos >= ${GOOD_MOS_MIN} then 'good' when e.mos >= ${FAIR_MOS_MIN} then 'fair' else 'poor' end)`;
const FAX = `(case when e.fax is null then 'not-known' when e.fax then 'yes' else 'no' end)`;

/** Calls `e` that match, with their place. */
export function callRows(filter: CallFilter, values: SqlValues): ListRows {
  const number = filter.number === undefined ? null : values.add(`%${filter.number}%`);
  return {
    from: `call_record e ${PLACES}`,
    where: allOf([
      `e.operator_id = ${values.add(filter.operatorId)}::uuid`,
      ...atPlace('e', filter, values),
      ...(number === null ? [] : [`(e.dialled like ${number} or e.called like ${number} or e.calling like ${number})`]),
      ...oneOf('e.direction', filter.direction, 'text', values),
      ...(filter.progress === undefined ? [] : oneOf(progressOf(filter.nowMs), filter.progress, 'text', values)),
      ...oneOf(`coalesce(e.cause, '')`, filter.cause, 'text', values),
      ...oneOf(FAX, filter.fax, 'text', values),
      ...oneOf(QUALITY, filter.quality, 'text', values),
      ...allWords(TEXTS, filter.words, values),
      ...(filter.from === undefined ? [] : [`e.at >= ${values.add(filter.from)}::timestamptz`]),
      ...(filter.to === undefined ? [] : [`e.at < ${values.add(filter.to)}::timestamptz`]),
    ]),
    id: 'e.id',
  };
}

/** The newest of them, up to `CALLS_MAX`. */
export function newestCalls(filter: CallFilter, values: SqlValues): ListRows {
  const { from, where, id } = callRows(filter, values);
  return {
    from: `(select e.* from ${from} where ${where} order by e.at desc, e.id desc limit ${CALLS_MAX}) e ${PLACES}`,
    where: 'true',
    id,
  };
}

const { site, customer, where: gateway } = placeKeys('e');
const text = (sql: string) => [{ sql: `natural_key(${sql}) collate "C"`, kind: 'text', nullable: true }] as const;

/** Of equals the newest is first. */
export const callOrder = (nowMs: number): ListOrder<CallColumn> => ({
  columns: {
    at: [{ sql: 'e.at', kind: 'instant' }],
    progress: [{ sql: `${progressOf(nowMs)} collate "C"`, kind: 'text' }],
    direction: text('e.direction'),
    dialled: text('coalesce(e.dialled, e.called)'),
    calling: text('e.calling'),
    gateway,
    site,
    customer,
    talk: [{ sql: 'e.talk_ms', kind: 'integer', nullable: true }],
    cause: text('e.cause'),
    quality: [{ sql: 'e.mos', kind: 'number', nullable: true }],
    fax: [{ sql: 'e.fax::int', kind: 'integer', nullable: true }],
    codec: text('e.codec'),
  },
  ties: [
    { sql: 'e.at', kind: 'instant', descending: true },
    { sql: 'e.id', kind: 'uuid', descending: true },
  ],
});

export const callFacets = (nowMs: number): Readonly<Record<CallFacet, FacetSql>> => ({
  ...placeFacets('e'),
  progress: ownName(progressOf(nowMs)),
  direction: ownName('e.direction'),
  cause: ownName(`coalesce(e.cause, '')`),
  fax: ownName(FAX),
  quality: ownName(QUALITY),
});
