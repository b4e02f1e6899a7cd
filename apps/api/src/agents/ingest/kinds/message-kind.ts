import type { UpBody, UpKind } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchNeeds } from '../decide/batch-needs.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import type { Refusals } from '../decide/refusals.ts';
import type { Received } from '../item.ts';

/**
 * The ingest's handling of one kind of message. Results of this kind alone are collected in its rows, one set for each
 * batch; changes of gateways go into the `BatchWork`, which the ingest writes for all kinds together.
 */
export interface MessageKind<K extends string, Body, Rows> {
  readonly kind: K;
  /** Names what must be loaded before the message is applied, above all its gateways. Pure. */
  needs?(body: Body, agentId: string, needs: BatchNeeds): void;
  /** The rows of a batch, empty. A kind without rows writes nothing of its own. */
  open?(): Rows;
  /** Applies one message. Invalid parts are refused, the rest counts. Pure except for the batch. */
  apply(message: Received<Body>, batch: BatchWork, rows: Rows, refusals: Refusals): void;
  /** Writes rows that the present of gateways refers to, before the present is written. */
  writeFirst?(sql: Sql, rows: Rows, batch: BatchWork): Promise<void>;
  /** Writes its rows, and publishes with `batch.publish` the live events of them. */
  write?(sql: Sql, rows: Rows, batch: BatchWork): Promise<void>;
}

/** The kind of a message of the contract. */
export type MessageKindOf<K extends UpKind, Rows = undefined> = MessageKind<K, UpBody<K>, Rows>;

/** Any kind: its body and rows are known to itself alone. */
export type AnyMessageKind = Omit<MessageKind<string, never, never>, 'open'> & { open?(): unknown };
