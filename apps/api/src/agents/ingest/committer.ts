import { Injectable } from '@nestjs/common';
import { Partitions } from '../../telemetry/rollup/index.ts';
import { AgentDirectory } from './agent-directory.ts';
import { BatchTransaction } from './batch-transaction.ts';
import { blameOf } from './decide/blame.ts';
import type { BatchOutcome } from './decide/outcome.ts';
import type { Item } from './item.ts';
import { RowEncoders } from './store/row-encoders.ts';

/** Commits batches of any content: a message that cannot be stored is quarantined and delays no other. */
@Injectable()
export class Committer {
  constructor(
    private readonly transaction: BatchTransaction,
    private readonly directory: AgentDirectory,
    private readonly encoders: RowEncoders,
    private readonly partitions: Partitions,
  ) {}

  /**
   * Commits messages in order. Throws where the database is not available; then the same messages may be tried again,
   * also when some of them are committed already.
   */
  async commit(items: readonly Item[]): Promise<BatchOutcome[]> {
    const senders = await this.directory.senders([...new Set(items.map((item) => item.agentId))]);
    const known = items.filter((item) => senders.has(item.agentId));
    const outcomes = known.length === 0 ? [] : await this.#commit(known, senders, true);
    const unknownSenders = items.filter((item) => !senders.has(item.agentId));
    return unknownSenders.length === 0 ? outcomes : [...outcomes, { ...NOTHING, unknownSenders }];
  }

  async #commit(
    items: readonly Item[],
    senders: Parameters<BatchTransaction['run']>[1],
    mayReload: boolean,
  ): Promise<BatchOutcome[]> {
    try {
      return [await this.transaction.run(items, senders)];
    } catch (error) {
      switch (blameOf(error)) {
        case 'database':
          throw error;
        case 'schema':
          if (!mayReload) throw error;
          this.encoders.forget();
          await this.partitions.ensure();
          return this.#commit(items, senders, false);
        case 'message':
          return this.#isolate(items, senders, error, mayReload);
      }
    }
  }

  /** Halves the batch until the message that cannot be stored is alone; the halves keep the order. */
  async #isolate(
    items: readonly Item[],
    senders: Parameters<BatchTransaction['run']>[1],
    error: unknown,
    mayReload: boolean,
  ): Promise<BatchOutcome[]> {
    const only = items[0];
    if (items.length === 1 && only !== undefined) {
      // The quarantine failed too: then no message is the cause.
      if (only.rejection?.code === 'store-failed') throw error;
      const detail = (error as Error).message.slice(0, 500);
      const quarantined: Item = { ...only, message: null, rejection: { code: 'store-failed', detail } };
      return this.#commit([quarantined], senders, mayReload);
    }
    const middle = Math.ceil(items.length / 2);
    return [
      ...(await this.#commit(items.slice(0, middle), senders, mayReload)),
      ...(await this.#commit(items.slice(middle), senders, mayReload)),
    ];
  }
}

const NOTHING: BatchOutcome = {
  agents: [],
  accepted: [],
  duplicates: [],
  unsequenced: [],
  unknownSenders: [],
  rejections: [],
  replies: [],
  published: [],
  reports: 0,
  late: 0,
  clockCorrections: 0,
};
