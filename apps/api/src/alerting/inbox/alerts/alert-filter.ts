import { ALERT_SEVERITIES, type AlertColumn, type AlertFacet, HOLD_REASONS } from '@loopstart/contracts';
import { CONDITION_KINDS, CONDITIONS } from '@loopstart/domain';
import {
  atPlace,
  PLACE_TEXTS,
  placeFacets,
  type PlaceFilter,
  placeJoins,
  placeKeys,
} from '../../../core/fleet/place.sql.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Filters of alerts; all given ones have to match. */
export interface AlertFilter extends PlaceFilter {
  state: 'open' | 'resolved' | 'all';
  /** Patterns that all have to match a text of the alert or its place. */
  words: readonly string[] | null;
  kind?: readonly string[] | undefined;
  severity?: readonly string[] | undefined;
  held?: 'yes' | 'no' | undefined;
  hold?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const EVIDENCE = `a.evidence->>'text'`;
const HOLD = `a.hold->>'reason'`;
const TEXTS = [...PLACE_TEXTS, EVIDENCE, 'a.kind'];

/** Alerts `a` that match, with their place. */
export const alertRows = (filter: AlertFilter, values: SqlValues): ListRows => ({
  from: `alert a ${placeJoins('a')}`,
  where: allOf([
    ...(filter.state === 'all' ? [] : [`a.state = ${values.add(filter.state)}::text`]),
    ...allWords(TEXTS, filter.words, values),
    ...oneOf('a.kind', filter.kind, 'text', values),
    ...oneOf('a.severity', filter.severity, 'text', values),
    ...oneOf(HOLD, filter.hold, 'text', values),
    ...(filter.held === undefined ? [] : [`a.hold is ${filter.held === 'yes' ? 'not null' : 'null'}`]),
    ...atPlace('a', filter, values),
    ...(filter.from === undefined ? [] : [`a.opened_at >= ${values.add(filter.from)}::timestamptz`]),
    ...(filter.to === undefined ? [] : [`a.opened_at < ${values.add(filter.to)}::timestamptz`]),
  ]),
  id: 'a.id',
});

const inOrderOf = (words: readonly string[], sql: string) => `array_position(array['${words.join("','")}'], ${sql})`;

/** Kinds in the order of their titles, which is what people see. */
const BY_TITLE = CONDITION_KINDS.toSorted((a, b) => CONDITIONS[a].title.localeCompare(CONDITIONS[b].title, 'en'));

/** Of equal rows the newest comes first. */
export const ALERT_ORDER: ListOrder<AlertColumn> = {
  columns: {
    title: [{ sql: inOrderOf(BY_TITLE, 'a.kind'), kind: 'integer' }],
    severity: [{ sql: inOrderOf(ALERT_SEVERITIES, 'a.severity'), kind: 'integer' }],
    ...placeKeys('a'),
    since: [{ sql: 'a.since', kind: 'instant' }],
    opened: [{ sql: 'a.opened_at', kind: 'instant' }],
    resolved: [{ sql: 'a.resolved_at', kind: 'instant', nullable: true }],
    hold: [{ sql: inOrderOf(HOLD_REASONS, HOLD), kind: 'integer', nullable: true }],
    evidence: [{ sql: `natural_key(${EVIDENCE}) collate "C"`, kind: 'text', nullable: true }],
  },
  ties: [
    { sql: 'a.opened_at', kind: 'instant', descending: true },
    { sql: 'a.id', kind: 'uuid', descending: true },
  ],
};

export const NEWEST_FIRST = '-opened';

export const ALERT_FACETS_SQL: Readonly<Record<AlertFacet, FacetSql>> = {
  ...placeFacets('a'),
  kind: ownName('a.kind'),
  severity: ownName('a.severity'),
  hold: ownName(HOLD),
};
