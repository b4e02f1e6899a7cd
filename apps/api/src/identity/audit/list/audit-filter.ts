import type { AuditColumn, AuditFacet, AuditPeriod } from '@loopstart/contracts';
import { likeWords } from '../../../core/http/cursor.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Which entries are asked for; each filter that is there has to match. */
export interface AuditFilter {
  /** Patterns that all have to match something of the entry: who, what, its name, or a value before or after. */
  words: readonly string[] | null;
  id?: string | undefined;
  /** By this person, or about this person. */
  person?: string | undefined;
  userId?: readonly string[] | undefined;
  verb?: readonly string[] | undefined;
  subjectType?: readonly string[] | undefined;
  subjectId?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const DAY_MS = 86_400_000;
const PERIOD_MS: Readonly<Record<AuditPeriod, number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

type Asked = Omit<AuditFilter, 'words' | 'id' | 'person'> & {
  q?: string | undefined;
  within?: AuditPeriod | undefined;
};

/** The filter that a request asks for: of a period up to now and a beginning, the later counts. */
export function auditFilter({ q, within, from, ...asked }: Asked, now: number): AuditFilter {
  const start = within === undefined ? undefined : new Date(now - PERIOD_MS[within]).toISOString();
  const later = start !== undefined && (from === undefined || Date.parse(from) < Date.parse(start)) ? start : from;
  return { ...asked, from: later, words: likeWords(q) };
}

/** SQL: the id of the subject where it is one of these kinds. Only then is it cast: other kinds have other ids. */
const idOf = (...types: string[]): string =>
  `case when e.subject_type in (${types.map((type) => `'${type}'`).join(', ')}) then split_part(e.subject_id, '/', 1)::uuid end`;

/** SQL: the gateway of an entry, by its subject or the action it is about. */
const GATEWAY = `coalesce(${idOf('gateway', 'port')}, act.gateway_id, run.gateway_id)`;

/** SQL: entries `e`, each joined with what it is about. */
const FROM = `audit_entry e
  left join person u on u.id = ${idOf('user', 'person')}
  left join customer c on c.id = ${idOf('customer')}
  left join site s on s.id = ${idOf('site', 'enrolment-token')}
  left join agent a on a.id = ${idOf('agent')}
  left join action act on act.id = ${idOf('action')}
  left join runbook_run run on run.id = ${idOf('runbook')}
  left join gateway g on g.id = ${GATEWAY}
  left join incident i on i.id = ${idOf('incident')}
  left join channel ch on ch.id = ${idOf('channel')}
  left join policy p on p.id = ${idOf('policy')}
  left join schedule sch on sch.id = case when e.subject_type = 'schedule-override' then (e.change ->> 'scheduleId')::uuid else ${idOf('schedule')} end
  left join maintenance_window w on w.id = ${idOf('maintenance-window')}
  left join own_role rl on rl.id = ${idOf('role')}
  left join silence sil on sil.id = ${idOf('silence')}
  left join operator o on o.id = ${idOf('policy', 'heartbeat', 'organisation', 'sso-policy')}
  left join person author on author.id = e.user_id
  left join api_token program on program.id = e.user_id
  left join api_token tok on tok.id = ${idOf('api-token')}
  left join sso_connection sso on sso.id = ${idOf('sso-connection')}
  left join scim_user su on su.id = ${idOf('scim-user')} and su.deleted_at is null
  left join scim_group sg on sg.id = ${idOf('scim-group')}`;

/** SQL: the head of the subject's id. A line is "gateway/position". */
const HEAD = `split_part(e.subject_id, '/', 1)`;

/** SQL: the name that an entry about the same thing recorded last. */
const RECORDED = `(select x.change ->> 'name' from audit_entry x
  where x.operator_id = e.operator_id and split_part(x.subject_id, '/', 1) = ${HEAD} and x.subject_type = e.subject_type and x.change ? 'name'
  order by x.at desc, x.id desc limit 1)`;

/** SQL: what the subject is called now, else was called last; null where neither is known. */
const NAME = `coalesce(u.name, c.name, s.name, a.hostname, ${gatewayName('g')},
  case when i.id is not null then '#' || i.number || ' ' || i.title end, ch.name, p.name, sch.name, w.title, rl.name, sil.reason, o.name, tok.name, sso.name, su.user_name, sg.display_name,
  case when e.subject_type = 'threshold' then e.change ->> 'kind' end,
  case when e.subject_type in ('channel', 'policy', 'schedule', 'sso-connection', 'scim-group') then ${RECORDED} end)`;

const EXISTS = `case e.subject_type
  when 'customer' then c.archived_at is null and c.id is not null
  when 'site' then s.archived_at is null and s.id is not null
  when 'enrolment-token' then s.archived_at is null and s.id is not null
  when 'schedule-override' then sch.id is not null
  else coalesce(u.id, a.id, act.id, run.id, g.id, i.id, ch.id, p.id, sch.id, w.id, rl.id, sil.id, o.id, tok.id, su.id, sg.id) is not null end`;

/** SQL: an entry as the API answers it, but for the names of ids. */
export const ENTRY = `e.id::text as id, e.at, e.verb, e.request_id as "requestId", e.change, e.before,
  json_build_object('kind', case when program.id is not null then 'token' when e.user_id is not null then 'person' when e.verb = 'enrol' then 'agent' else 'system' end, 'userId', e.user_id, 'name', e.user_name, 'address', e.address, 'userAgent', e.user_agent) as by,
  case when e.seq is not null then json_build_object('seq', e.seq, 'hash', encode(e.hash, 'hex')) end as chain,
  e.digest is not null and (e.author_salt is null or e.details_salt is null) as erased,
  json_build_object('type', e.subject_type, 'id', e.subject_id, 'name', ${NAME}, 'exists', ${EXISTS},
    'gatewayId', case when e.subject_type in ('port', 'action', 'runbook') then ${GATEWAY} end,
    'position', case when e.subject_type = 'port' then split_part(e.subject_id, '/', 2)::int else coalesce(act.position, run.position) end) as subject`;

export function auditRows(filter: AuditFilter, values: SqlValues): ListRows {
  const texts = [
    'e.user_name',
    'e.address',
    'e.verb',
    'e.subject_type',
    NAME,
    'e.change::text',
    'e.before::text',
    'e.request_id',
  ];
  return {
    from: FROM,
    where: allOf([
      ...(filter.id === undefined ? [] : [`e.id = ${values.add(filter.id)}::bigint`]),
      ...(filter.person === undefined ? [] : [isPersons(values.add(filter.person))]),
      ...(filter.from === undefined ? [] : [`e.at >= ${values.add(filter.from)}::timestamptz`]),
      ...(filter.to === undefined ? [] : [`e.at < ${values.add(filter.to)}::timestamptz`]),
      ...oneOf('e.user_id', filter.userId, 'uuid', values),
      ...oneOf('e.verb', filter.verb, 'text', values),
      ...oneOf('e.subject_type', filter.subjectType, 'text', values),
      ...subjectIs(filter.subjectId, values),
      ...allWords(texts, filter.words, values),
    ]),
    id: 'e.id',
  };
}

/** SQL: by or about a person, each by its index. */
const isPersons = (person: string): string => `(e.user_id = ${person}::uuid or ${HEAD} = ${person}::text)`;

/** SQL: it is about one of these; a gateway stands for its ports too. By the head first, which has an index. */
function subjectIs(ids: readonly string[] | undefined, values: SqlValues): string[] {
  if (ids === undefined) return [];
  const heads = ids.map((id) => id.split('/')[0]!);
  return [
    ...oneOf(HEAD, heads, 'text', values),
    `(${[...oneOf('e.subject_id', ids, 'text', values), ...oneOf(HEAD, ids, 'text', values)].join(' or ')})`,
  ];
}

export const AUDIT_ORDER: ListOrder<AuditColumn> = {
  columns: {
    at: [{ sql: 'e.at', kind: 'instant' }],
    who: [{ sql: 'natural_key(e.user_name) collate "C"', kind: 'text' }],
    verb: [{ sql: 'e.verb collate "C"', kind: 'text' }],
    subject: [
      { sql: 'e.subject_type collate "C"', kind: 'text' },
      { sql: `natural_key(${NAME}) collate "C"`, kind: 'text', nullable: true },
    ],
  },
  // Whatever else they are sorted by, the newest come first.
  ties: [
    { sql: 'e.at', kind: 'instant', descending: true },
    { sql: 'e.id', kind: 'integer', descending: true },
  ],
};

export const AUDIT_FACET_SQL: Readonly<Record<AuditFacet, FacetSql>> = {
  userId: { value: 'e.user_id', label: 'coalesce(author.name, e.user_name)' },
  verb: ownName('e.verb'),
  subjectType: ownName('e.subject_type'),
  subjectId: { value: HEAD, label: `coalesce(${NAME}, e.subject_id)` },
};
