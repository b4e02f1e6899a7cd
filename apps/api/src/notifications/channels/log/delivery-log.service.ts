import { Inject, Injectable } from '@nestjs/common';
import type { Delivery, DeliveryDetail } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { type By, type Changed, Changes } from '../../../identity/audit/index.ts';
import { Outbox } from '../../delivery/index.ts';
import { ChannelRepository } from '../channel.repository.ts';
import { DeliveryLogRepository } from './delivery-log.repository.ts';

type Range = Parameters<DeliveryLogRepository['replayRange']>[2];

/** One delivery, test messages, and replay. */
@Injectable()
export class DeliveryLogService {
  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly channels: ChannelRepository,
    private readonly outbox: Outbox,
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(scope: Scope, id: string): Promise<DeliveryDetail> {
    return found(await this.db.tx(scope, (sql) => this.log.get(sql, id)));
  }

  /** Sends a test message by the channel, also while it pauses. */
  test(by: By, channelId: string): Promise<Delivery> {
    const { operatorId, name } = by.caller;
    return this.#sending(by, async (sql) => {
      const channel = await this.#working(sql, channelId);
      const at = new Date(this.now()).toISOString();
      const messageId = await this.outbox.enqueue(sql, {
        operatorId: operatorId,
        type: 'endpoint.test',
        incidentId: null,
        seq: 0,
        dedupeKey: `endpoint.test/${channel.id}/${by.requestId}`,
        severity: null,
        kind: null,
        customerId: null,
        lineDeviceClass: null,
        payload: {
          type: 'endpoint.test',
          timestamp: at,
          data: {
            version: 1,
            channel: { id: channel.id, name: channel.name },
            sentBy: name,
            text: 'This is a test of Loopstart. Nothing is wrong.',
          },
        },
      });
      await this.outbox.deliver(sql, operatorId, messageId, [{ channelId: channel.id, recipient: null }]);
      await this.channels.endPause(sql, channel.id);
      return {
        result: found(await this.log.ofMessage(sql, channel.id, messageId)),
        audit: { verb: 'test', subjectType: 'channel', subjectId: channel.id, change: {} },
      };
    });
  }

  replay(by: By, deliveryId: string): Promise<DeliveryDetail> {
    return this.#sending(by, async (sql) => {
      const original = found(await this.log.get(sql, deliveryId));
      await this.#working(sql, original.channel.id);
      const id = found(await this.log.replay(sql, original.id, new Date(this.now())));
      const change = { deliveryId: original.id };
      return {
        result: found(await this.log.get(sql, id)),
        audit: { verb: 'replay', subjectType: 'channel', subjectId: original.channel.id, change },
      };
    });
  }

  replayRange(by: By, channelId: string, range: Range): Promise<{ replayed: number }> {
    return this.#sending(by, async (sql) => {
      await this.#working(sql, channelId);
      const replayed = await this.log.replayRange(sql, channelId, range, new Date(this.now()));
      const change = { ...range, replayed };
      return {
        result: { replayed },
        audit: { verb: 'replay', subjectType: 'channel', subjectId: channelId, change },
      };
    });
  }

  /** A change after which there is something to send. */
  async #sending<T>(by: By, work: (sql: Sql) => Promise<Changed<T>>): Promise<T> {
    const result = await this.changes.make(by, work);
    this.outbox.wake();
    return result;
  }

  async #channel(sql: Sql, id: string) {
    return found((await this.channels.list(sql, new Date(this.now()), id))[0]);
  }

  /** The channel; throws where it is switched off. */
  async #working(sql: Sql, id: string) {
    const channel = await this.#channel(sql, id);
    if (channel.state === 'disabled')
      throw new ProblemError('reaches-nobody', { detail: 'The channel is switched off; switch it on first.' });
    return channel;
  }
}
