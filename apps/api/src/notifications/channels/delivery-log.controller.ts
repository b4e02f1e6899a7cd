import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, type Caller, Implements } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { Outbox } from '../delivery/index.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { ChannelRepository } from './channel.repository.ts';
import { DeliveryLogRepository } from './delivery-log.repository.ts';

/** The delivery log of a channel, and replay. */
@Controller()
export class DeliveryLogController {
  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly channels: ChannelRepository,
    private readonly outbox: Outbox,
    private readonly db: Database,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listDeliveries)
  list(@Call() { caller, params, query: { cursor, limit, ...filter } }: CallOf<typeof endpoints.listDeliveries>) {
    const after = decodeCursor(cursor, ['instant', 'uuid']);
    return this.db.tx(caller.scope, async (sql) => {
      await this.#channel(sql, params.channelId);
      const { rows, total } = await this.log.list(sql, params.channelId, { ...filter, after, limit: limit + 1 });
      return { ...page(rows, limit, (row) => [row.createdAt, row.id]), total };
    });
  }

  @Implements(endpoints.getDelivery)
  async get(@Call() { caller, params }: CallOf<typeof endpoints.getDelivery>) {
    return found(await this.db.tx(caller.scope, (sql) => this.log.get(sql, params.deliveryId)));
  }

  @Implements(endpoints.testChannel)
  test(@Call() { caller, params, requestId }: CallOf<typeof endpoints.testChannel>) {
    return this.#sending(async (sql) => {
      const channel = await this.#working(sql, params.channelId);
      const at = new Date(this.now()).toISOString();
      const messageId = await this.outbox.enqueue(sql, {
        operatorId: caller.operatorId,
        type: 'endpoint.test',
        incidentId: null,
        seq: 0,
        dedupeKey: `endpoint.test/${channel.id}/${requestId}`,
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
            sentBy: caller.name,
            text: 'This is a test of Loopstart. Nothing is wrong.',
          },
        },
      });
      await this.outbox.deliver(sql, caller.operatorId, messageId, [{ channelId: channel.id, recipient: null }]);
      await this.channels.endPause(sql, channel.id);
      await this.#write(sql, { caller, requestId }, 'test', channel.id, {});
      const { rows } = await this.log.list(sql, channel.id, { after: null, limit: 1 });
      return found(rows.find((row) => row.messageId === messageId));
    }, caller.scope);
  }

  @Implements(endpoints.replayDelivery)
  replay(@Call() { caller, params, requestId }: CallOf<typeof endpoints.replayDelivery>) {
    return this.#sending(async (sql) => {
      const original = found(await this.log.get(sql, params.deliveryId));
      await this.#working(sql, original.channelId);
      const id = found(await this.log.replay(sql, original.id, new Date(this.now())));
      await this.#write(sql, { caller, requestId }, 'replay', original.channelId, { deliveryId: original.id });
      return found(await this.log.get(sql, id));
    }, caller.scope);
  }

  @Implements(endpoints.replayDeliveries)
  replayRange(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.replayDeliveries>) {
    return this.#sending(async (sql) => {
      await this.#working(sql, params.channelId);
      const replayed = await this.log.replayRange(sql, params.channelId, body, new Date(this.now()));
      await this.#write(sql, { caller, requestId }, 'replay', params.channelId, { ...body, replayed });
      return { replayed };
    }, caller.scope);
  }

  /** A transaction that leaves deliveries to send. */
  async #sending<T>(work: (sql: Sql) => Promise<T>, scope: Scope): Promise<T> {
    const result = await this.db.tx(scope, work);
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

  #write(
    sql: Sql,
    by: { caller: Caller; requestId: string },
    verb: string,
    subjectId: string,
    change: Parameters<AuditRepository['write']>[2]['change'],
  ): Promise<void> {
    return this.audit.write(sql, by, { verb, subjectType: 'channel', subjectId, change });
  }
}
