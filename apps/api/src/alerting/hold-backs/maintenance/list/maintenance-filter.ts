import type { MaintenanceColumn, MaintenanceFacet, MaintenanceWindow } from '@loopstart/contracts';
import { allOf, allWords, oneOf } from '../../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../../core/list/facet.ts';
import type { KeyColumn } from '../../../../core/list/keyset.ts';
import type { ListOrder, ListRows } from '../../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../../core/list/sql-values.ts';

/** Which maintenance windows are asked for; each filter that is there has to match. */
export interface MaintenanceFilter {
  /** Patterns that all have to match something of the window: title, reason, place, or who planned it. */
  words: readonly string[] | null;
  state?: readonly string[] | undefined;
  scope?: readonly string[] | undefined;
  by?: readonly string[] | undefined;
}

/**
 * Maintenance windows `w` with what the domain decides by their calendar, joined as values `n`: state, next occurrence, and the
 * name of the place.
 */
export function maintenanceRows(
  windows: readonly Pick<MaintenanceWindow, 'id' | 'state' | 'next' | 'scopeName'>[],
  filter: MaintenanceFilter,
  values: SqlValues,
): ListRows {
  const column = (type: string, of: (window: (typeof windows)[number]) => string | null) =>
    `${values.add(windows.map(of))}::${type}[]`;
  const decided = [
    column('uuid', ({ id }) => id),
    column('text', ({ state }) => state),
    column('timestamptz', ({ next }) => next?.from ?? null),
    column('text', ({ scopeName }) => scopeName),
  ];
  return {
    from: `maintenance_window w join unnest(${decided.join(', ')}) n (id, state, next, place) on n.id = w.id`,
    where: allOf([
      ...oneOf('n.state', filter.state, 'text', values),
      ...oneOf('w.scope', filter.scope, 'text', values),
      ...oneOf('w.created_by_name', filter.by, 'text', values),
      ...allWords(['w.title', 'w.reason', 'n.place', 'w.created_by_name'], filter.words, values),
    ]),
    id: 'w.id',
  };
}

const byName = (sql: string): readonly KeyColumn[] => [{ sql: `natural_key(${sql}) collate "C"`, kind: 'text' }];

export const MAINTENANCE_ORDER: ListOrder<MaintenanceColumn> = {
  columns: {
    title: byName('w.title'),
    state: [{ sql: `array_position(array['active', 'planned', 'over'], n.state)`, kind: 'integer' }],
    place: byName('n.place'),
    next: [{ sql: 'n.next', kind: 'instant', nullable: true }],
    reason: byName('w.reason'),
    by: byName('w.created_by_name'),
    added: [{ sql: 'w.created_at', kind: 'instant' }],
  },
  ties: [{ sql: 'w.id', kind: 'uuid' }],
};

export const MAINTENANCE_FACET_SQL: Readonly<Record<MaintenanceFacet, FacetSql>> = {
  state: ownName('n.state'),
  scope: ownName('w.scope'),
  by: ownName('w.created_by_name'),
};
