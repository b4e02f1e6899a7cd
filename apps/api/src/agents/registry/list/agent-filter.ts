import { AGENT_STATES, type AgentColumn, type AgentFacet } from '@loopstart/contracts';
import { agentState } from '../../../core/fleet/effective-gateway.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { KeyColumn } from '../../../core/list/keyset.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Filters of agents; all given ones have to match. */
export interface AgentFilter {
  /** Patterns that all have to match a text of the agent: its host name, its site or its customer. */
  words: readonly string[] | null;
  customerId?: readonly string[] | undefined;
  siteId?: readonly string[] | undefined;
  state?: readonly string[] | undefined;
  version?: readonly string[] | undefined;
}

/** SQL: agent `a`'s last reported value, else the one of its enrolment. */
const reported = (field: 'version' | 'platform'): string => `coalesce(a.health ->> '${field}', a.${field})`;

/** SQL: agents `a` with their state and their place `s`, `k`. */
export function agentRows(now: Date, filter: AgentFilter, values: SqlValues): ListRows {
  return {
    from: `(select a.*, ${agentState(values.add(now))} as state from agent a) a join site s on s.id = a.site_id join customer k on k.id = s.customer_id`,
    where: allOf([
      ...oneOf('s.customer_id', filter.customerId, 'uuid', values),
      ...oneOf('a.site_id', filter.siteId, 'uuid', values),
      ...oneOf('a.state', filter.state, 'text', values),
      ...oneOf(reported('version'), filter.version, 'text', values),
      ...allWords(['a.hostname', 's.name', 'k.name'], filter.words, values),
    ]),
    id: 'a.id',
  };
}

const BY_NAME: KeyColumn = { sql: 'natural_key(a.hostname) collate "C"', kind: 'text' };
/** From the working state to the permanently ended one. */
const STATE_ORDER: readonly (typeof AGENT_STATES)[number][] = ['online', 'never-connected', 'silent', 'revoked'];

export const AGENT_ORDER: ListOrder<AgentColumn> = {
  columns: {
    hostname: [BY_NAME],
    state: [
      {
        sql: `array_position(array[${STATE_ORDER.map((state) => `'${state}'`).join(', ')}], a.state)`,
        kind: 'integer',
      },
    ],
    seen: [{ sql: 'a.last_seen_at', kind: 'instant', nullable: true }],
    site: [{ sql: 's.name_key', kind: 'text' }],
    customer: [{ sql: 'k.name_key', kind: 'text' }],
    gateways: [
      { sql: '(select count(*) from gateway g where g.agent_id = a.id and g.retired_at is null)', kind: 'integer' },
    ],
    backlog: [{ sql: `(a.health ->> 'outboxMessages')::bigint`, kind: 'integer', nullable: true }],
    lost: [{ sql: 'a.lost_messages', kind: 'integer' }],
    version: [{ sql: `natural_key(${reported('version')}) collate "C"`, kind: 'text' }],
    platform: [{ sql: `lower(${reported('platform')}) collate "C"`, kind: 'text', nullable: true }],
    certificate: [{ sql: 'a.certificate_expires_at', kind: 'instant' }],
    enrolled: [{ sql: 'a.enrolled_at', kind: 'instant' }],
  },
  ties: [BY_NAME, { sql: 'a.id', kind: 'uuid' }],
};

export const AGENT_FACET_SQL: Readonly<Record<AgentFacet, FacetSql>> = {
  customerId: { value: 'k.id', label: 'k.name' },
  siteId: { value: 's.id', label: 's.name' },
  state: ownName('a.state'),
  version: ownName(reported('version')),
};
