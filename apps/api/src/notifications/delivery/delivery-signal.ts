import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PgNotifications } from '../../core/bus/pg-notifications.ts';
import { Signal } from '../../core/bus/signal.ts';
import type { Sql } from '../../core/db/database.ts';

const CHANNEL = 'loopstart_outbound';

/** Wakes the delivery workers of every API process when a delivery is due. A lost notification costs a second, because the workers also poll. */
@Injectable()
export class DeliverySignal implements OnModuleDestroy {
  readonly notified = new Signal<void>();
  readonly #stop: () => void;

  constructor(private readonly notifications: PgNotifications) {
    this.#stop = notifications.listen(CHANNEL, { receive: () => this.notify(), listening: () => this.notify() });
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** Wakes the workers of this process. */
  notify(): void {
    this.notified.emit();
  }

  /** Wakes the workers of all processes when the transaction commits. */
  async notifyAtCommit(sql: Sql): Promise<void> {
    await this.notifications.notifyAtCommit(sql, CHANNEL);
  }
}
