import type { UpBody, UpKind } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchNeeds } from '../decide/batch-needs.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import type { Refusals } from '../decide/refusals.ts';
import type { Received } from '../item.ts';

/**
 * All that the ingest does with one kind of message. What is of this kind alone it gathers in its rows, one set a batch;
 * what changes gateways goes into the `BatchWork`, which the ingest writes for all kinds together.
 */
export interface MessageKind<K extends string, Body, Rows> {
  readonly kind: K;
  /** Names what must be loaded before the message is applied: the gateways it names, above all. Pure. */
  needs?(body: Body, agentId: string, needs: BatchNeeds): void;
  /** The rows of a batch, empty. A kind without rows writes nothing of its own. */
  open?(): Rows;
  /** Applies one message. What of it cannot be believed is refused, the rest counts. Pure but for the batch. */
  apply(message: Received<Body>, batch: BatchWork, rows: Rows, refusals: Refusals): void;
  /** Writes what the present of gateways refers to, before that is written. */
  writeFirst?(sql: Sql, rows: Rows, batch: BatchWork): Promise<void>;
  /** Writes its rows, and publishes with `batch.publish` what browsers show of them. */
  write?(sql: Sql, rows: Rows, batch: BatchWork): Promise<void>;
}

/** The kind of a message of the contract. */
export type MessageKindOf<K extends UpKind, Rows = undefined> = MessageKind<K, UpBody<K>, Rows>;

/** Any kind: its body and rows are known to itself alone. */
export type AnyMessageKind = Omit<MessageKind<string, never, never>, 'open'> & { open?(): unknown };
