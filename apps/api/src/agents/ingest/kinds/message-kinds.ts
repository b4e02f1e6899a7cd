import { UP_KINDS } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchNeeds } from '../decide/batch-needs.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import { Refusals } from '../decide/refusals.ts';
import type { Item, Sender } from '../item.ts';
import type { AnyMessageKind } from './message-kind.ts';

/** The kinds of messages that the ingest takes. */
export class MessageKinds {
  readonly #kinds: readonly AnyMessageKind[];
  readonly #byName: ReadonlyMap<string, AnyMessageKind>;

  /** Kinds are written in the order of `kinds`. Throws where a kind of the contract has none, or where two are the same. */
  constructor(kinds: readonly AnyMessageKind[], contract: readonly string[] = UP_KINDS) {
    this.#kinds = kinds;
    this.#byName = new Map(kinds.map((one) => [one.kind, one]));
    const missing = contract.filter((kind) => !this.#byName.has(kind));
    const unknown = [...this.#byName.keys()].filter((kind) => !contract.includes(kind));
    if (missing.length > 0) throw new Error(`The ingest has no module for messages of kind ${missing.join(', ')}.`);
    if (unknown.length > 0) throw new Error(`The contract has no messages of kind ${unknown.join(', ')}.`);
    if (this.#byName.size < kinds.length) throw new Error('The ingest has two modules for one kind of message.');
  }

  /** Names what has to be loaded for a message. */
  needs({ message, agentId }: Item, needs: BatchNeeds): void {
    if (message === null) return;
    this.#byName.get(message.kind)?.needs?.(message.body as never, agentId, needs);
  }

  /** Applies a message. Invalid parts are quarantined, the rest counts. */
  apply(item: Item, sender: Sender, batch: BatchWork): void {
    const { message } = item;
    const kind = message === null ? undefined : this.#byName.get(message.kind);
    if (message === null || kind === undefined) {
      batch.reject(item, sender, item.rejection ?? { code: 'invalid', detail: 'not readable' });
      return;
    }
    const rows = kind.open === undefined ? undefined : batch.rowsOf(kind.kind, kind.open);
    const refusals = new Refusals();
    kind.apply({ item, sender, body: message.body as never }, batch, rows as never, refusals);
    const rejection = refusals.asRejection();
    if (rejection !== null) batch.reject(item, sender, rejection);
  }

  /** Writes rows that the present of gateways refers to. */
  async writeFirst(sql: Sql, batch: BatchWork): Promise<void> {
    for (const kind of this.#kinds)
      if (kind.writeFirst !== undefined && batch.has(kind.kind)) await kind.writeFirst(sql, rowsOf(kind, batch), batch);
  }

  /** Writes the rest. */
  async write(sql: Sql, batch: BatchWork): Promise<void> {
    for (const kind of this.#kinds)
      if (kind.write !== undefined && batch.has(kind.kind)) await kind.write(sql, rowsOf(kind, batch), batch);
  }
}

function rowsOf(kind: AnyMessageKind, batch: BatchWork): never {
  return batch.rowsOf(kind.kind, kind.open ?? (() => undefined)) as never;
}
