import type { DesiredStateKind, DownOf, LiveEvent } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';

/** What is still to be sent to one agent, in order, and what browsers show of it from now on. */
export interface Pending<M> {
  messages: M[];
  published: LiveEvent[];
}

export interface Expired {
  operatorId: string;
  event: LiveEvent;
}

/**
 * One kind of desired state: what an operator wants of agents, kept in the database until the agent reports it. Which
 * message of the agent reports it, the table of the contract says (`reportedBy`); the ingest stores that.
 */
export interface DesiredState<K extends string, M> {
  /** The kind of the message that carries it. */
  readonly kind: K;
  /** SQL condition on `agent a`, true while the agent has not reported it. `$2` is the present time. */
  readonly lagging: string;
  /** What is to be sent to an agent now: the same again until it is reported. */
  pending(sql: Sql, agentId: string, now: Date): Promise<Pending<M>>;
  /** Ends what was not reported in time. Absent: it never ends. */
  expire?(sql: Sql, now: Date): Promise<Expired[]>;
}

/** The desired state of a message of the contract. */
export type DesiredStateOf<K extends DesiredStateKind> = DesiredState<K, DownOf<K>>;
export type AnyDesiredState = DesiredState<string, { kind: string }>;
