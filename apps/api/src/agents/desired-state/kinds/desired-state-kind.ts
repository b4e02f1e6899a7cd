import type { DesiredStateKind, DownOf, LiveEvent } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';

/** The remaining messages for one agent, in order, and the live events for browsers. */
export interface Pending<M> {
  messages: M[];
  published: LiveEvent[];
}

export interface Expired {
  operatorId: string;
  event: LiveEvent;
}

/**
 * One kind of desired state: kept in the database until the agent reports it. The table of the contract defines which
 * message of the agent reports it (`reportedBy`); the ingest stores that.
 */
export interface DesiredState<K extends string, M> {
  /** The kind of the message that carries it. */
  readonly kind: K;
  /** SQL condition on `agent a`, true while the agent has not reported it. `$2` is the current time. */
  readonly lagging: string;
  /** The messages to send to an agent now: the same again until they are reported. */
  pending(sql: Sql, agentId: string, now: Date): Promise<Pending<M>>;
  /** Ends desired state that was not reported in time. Absent: it never ends. */
  expire?(sql: Sql, now: Date): Promise<Expired[]>;
}

/** The desired state of a message of the contract. */
export type DesiredStateOf<K extends DesiredStateKind> = DesiredState<K, DownOf<K>>;
export type AnyDesiredState = DesiredState<string, { kind: string }>;
