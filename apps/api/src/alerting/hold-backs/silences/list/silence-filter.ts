import type { SilenceColumn, SilenceFacet } from '@loopstart/contracts';
import { gatewayName } from '../../../../core/fleet/gateway-name.ts';
import { allOf, allWords, oneOf } from '../../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../../core/list/sql-values.ts';
import { silenceState } from '../silence-state.ts';

/** Which silences are asked for; each filter that is there has to match. */
export interface SilenceFilter {
  /** Patterns that all have to match something of the silence: its reason, who made it, or its customer, site or gateway. */
  words: readonly string[] | null;
  state?: readonly string[] | undefined;
  by?: readonly string[] | undefined;
}

/** SQL: what the places are called that a silence names. */
const PLACES = ['k.name', 't.name', gatewayName('g')];

/** Silences `s` with their `state`, and the customer `k`, site `t` and gateway `g` that they name. */
export function silenceRows(now: Date, filter: SilenceFilter, values: SqlValues): ListRows {
  return {
    from: `(select *, ${silenceState('s', `${values.add(now)}::timestamptz`)} as state from silence s) s
      left join customer k on k.id = (s.matcher ->> 'customerId')::uuid
      left join site t on t.id = (s.matcher ->> 'siteId')::uuid
      left join gateway g on g.id = (s.matcher ->> 'gatewayId')::uuid`,
    where: allOf([
      ...oneOf('s.state', filter.state, 'text', values),
      ...oneOf('s.created_by_name', filter.by, 'text', values),
      ...allWords(['s.reason', 's.created_by_name', ...PLACES], filter.words, values),
    ]),
    id: 's.id',
  };
}

export const SILENCE_ORDER: ListOrder<SilenceColumn> = {
  columns: {
    scope: [
      {
        sql: `natural_key(nullif(concat_ws(' ', ${PLACES.join(', ')}), '')) collate "C"`,
        kind: 'text',
        nullable: true,
      },
    ],
    state: [{ sql: `array_position(array['active', 'planned', 'over'], s.state)`, kind: 'integer' }],
    starts: [{ sql: 's.starts_at', kind: 'instant' }],
    until: [{ sql: 'least(s.ends_at, s.ended_at)', kind: 'instant' }],
    reason: [{ sql: 'natural_key(s.reason) collate "C"', kind: 'text' }],
    by: [{ sql: 'natural_key(s.created_by_name) collate "C"', kind: 'text' }],
  },
  ties: [{ sql: 's.id', kind: 'uuid' }],
};

export const SILENCE_FACET_SQL: Readonly<Record<SilenceFacet, FacetSql>> = {
  state: ownName('s.state'),
  by: ownName('s.created_by_name'),
};
