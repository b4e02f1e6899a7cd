import { ALERT_SEVERITIES, ATTENTION, type IncidentColumn, type IncidentFacet } from '@loopstart/contracts';
import { atPlace, PLACE_TEXTS, placeFacets, type PlaceFilter, placeKeys } from '../../../core/fleet/place.sql.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';
import { attentionSql, INCIDENT_JOINS } from '../../incidents/index.ts';

type Attention = (typeof ATTENTION)[number];

/** Filters of incidents; all given ones have to match. */
export interface IncidentFilter extends PlaceFilter {
  /** The caller. */
  userId: string | null;
  /** Patterns that all have to match a text of the incident or its place. */
  words: readonly string[] | null;
  /** The number of an incident, where the search is one: `7` or `#7`. */
  number: string | null;
  /** Any of them; absent: all. */
  attention?: readonly (Attention | 'active' | 'all')[] | undefined;
  kind?: readonly string[] | undefined;
  severity?: readonly string[] | undefined;
  /** Ids of users, or `nobody`. */
  assignedTo?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const TEXTS = ['i.title', ...PLACE_TEXTS, `ia.evidence->>'text'`];

/** SQL: the person an incident is assigned to. */
const ASSIGNED = `coalesce(i.assigned_to::text, 'nobody')`;

export function incidentRows(now: Date, filter: IncidentFilter, values: SqlValues): ListRows {
  return {
    from: `(select ${values.add(now)}::timestamptz as now, ${values.add(filter.userId)}::text as reader) asked cross join incident i ${INCIDENT_JOINS}`,
    where: allOf([
      ...inState(filter.attention),
      ...found(filter, values),
      ...oneOf('i.kind', filter.kind, 'text', values),
      ...oneOf('i.severity', filter.severity, 'text', values),
      ...atPlace('i', filter, values),
      ...oneOf(ASSIGNED, filter.assignedTo, 'text', values),
      ...(filter.from === undefined ? [] : [`i.announced_at >= ${values.add(filter.from)}::timestamptz`]),
      ...(filter.to === undefined ? [] : [`i.announced_at < ${values.add(filter.to)}::timestamptz`]),
    ]),
    id: 'i.id',
  };
}

/** SQL: whether an incident has this progress. Uses the time that `incidentRows` has in its row `asked`. */
const IS = attentionSql('asked.now');

function inState(asked: IncidentFilter['attention']): string[] {
  if (asked === undefined || asked.includes('all')) return [];
  const any = asked.map((one) => (one === 'active' || one === 'all' ? `i.state = 'open'` : `(${IS[one]})`));
  return [`(${any.join(' or ')})`];
}

/** By words, or by its number alone: "7" is not to find "17". */
function found({ words, number }: IncidentFilter, values: SqlValues): string[] {
  const [matching] = allWords(TEXTS, words, values);
  if (matching === undefined) return [];
  return number === null ? [matching] : [`(${matching} or i.number = ${values.add(number)}::int)`];
}

/** SQL: conditions on the progress of an incident. */
const byAttention = (of: (attention: Attention) => string | number): string =>
  `case ${ATTENTION.map((one) => `when ${IS[one]} then ${of(one)}`).join(' ')} end`;

const SEVERITY = `array_position(array['${ALERT_SEVERITIES.join("','")}'], i.severity)`;
const affected = (what: string) => ({ sql: `coalesce((i.affected->>'${what}')::int, 0)`, kind: 'integer' }) as const;

/** Equal rows are ordered newest first. */
export const INCIDENT_ORDER: ListOrder<IncidentColumn> = {
  columns: {
    title: [{ sql: 'natural_key(i.title) collate "C"', kind: 'text' }],
    severity: [{ sql: SEVERITY, kind: 'integer' }],
    state: [{ sql: byAttention((one) => ATTENTION.indexOf(one)), kind: 'integer' }],
    ...placeKeys('i'),
    since: [{ sql: 'i.since', kind: 'instant' }],
    raised: [{ sql: 'i.announced_at', kind: 'instant' }],
    affects: [affected('ports'), affected('gateways'), affected('agents')],
    why: [{ sql: `natural_key(ia.evidence->>'text') collate "C"`, kind: 'text', nullable: true }],
    kind: [{ sql: 'i.kind collate "C"', kind: 'text' }],
    assigned: [{ sql: 'natural_key(iu.name) collate "C"', kind: 'text', nullable: true }],
    number: [{ sql: 'i.number', kind: 'integer' }],
  },
  ties: [
    { sql: 'i.announced_at', kind: 'instant', descending: true },
    { sql: 'i.id', kind: 'uuid', descending: true },
  ],
};

/** Most urgent first. */
export const BY_URGENCY = '-severity';

/** The values of each filter; those of the caller are `me`. */
export const INCIDENT_FACETS_SQL: Readonly<Record<IncidentFacet, FacetSql>> = {
  ...placeFacets('i'),
  attention: ownName(byAttention((one) => `'${one}'`)),
  severity: ownName('i.severity'),
  kind: ownName('i.kind'),
  assignedTo: {
    value: `case ${ASSIGNED} when asked.reader then 'me' else ${ASSIGNED} end`,
    label: `coalesce(iu.name, '')`,
  },
};
