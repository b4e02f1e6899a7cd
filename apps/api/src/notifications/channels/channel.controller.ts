import { randomUUID } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { endpoints, type Channel, type ChannelFilters } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { makeKey, type SigningKey } from '../delivery/index.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { asSeenBy, mayChange } from './as-seen-by.ts';
import { ChannelRepository } from './channel.repository.ts';
import { checkInput, invalid } from './check-input.ts';

const HOUR_MS = 3_600_000;

@Controller()
export class ChannelController {
  constructor(
    private readonly channels: ChannelRepository,
    private readonly db: Database,
    private readonly audit: AuditRepository,
    private readonly http: GuardedHttp,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listChannels)
  async list(@Call() { caller }: CallOf<typeof endpoints.listChannels>) {
    const channels = await this.db.tx(caller.scope, (sql) => this.channels.list(sql, this.#date()));
    return {
      items: channels.map((channel) => asSeenBy(caller.role, channel)),
      // Names hosts of this installation's own network, so it is shown only to those who may enter addresses.
      alsoAllowed: mayChange(caller.role) ? this.http.alsoAllowed : [],
    };
  }

  @Implements(endpoints.createChannel)
  create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createChannel>) {
    const { config, secret } = checkInput(body, this.#checks());
    const id = randomUUID();
    const filters = body.kind === 'webhook' ? body.filters : {};
    const key = body.kind === 'webhook' ? makeKey(body.signing) : null;
    return this.db.tx(caller.scope, async (sql) => {
      await this.#refuseStrangers(sql, filters);
      const now = this.#date();
      await this.channels.insert(
        sql,
        caller.operatorId,
        { id, name: body.name, kind: body.kind, config, secret, filters },
        now,
      );
      if (key !== null) await this.channels.addKey(sql, caller.operatorId, id, key, { now, othersUntil: now });
      await this.#write(sql, { caller, requestId }, 'create', id, { name: body.name, kind: body.kind });
      return { channel: await this.#one(sql, id), signingSecret: secretShown(key) };
    });
  }

  @Implements(endpoints.getChannel)
  async get(@Call() { caller, params }: CallOf<typeof endpoints.getChannel>) {
    const channel = await this.db.tx(caller.scope, (sql) => this.#one(sql, params.channelId));
    return asSeenBy(caller.role, channel);
  }

  @Implements(endpoints.updateChannel)
  update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updateChannel>) {
    const id = params.channelId;
    return this.db.tx(caller.scope, async (sql) => {
      const before = found(await this.channels.forChange(sql, id));
      if (before.kind !== body.kind) throw invalid('kind', `${before.kind}: the kind of a channel cannot change`);
      if (body.kind === 'webhook' && before.algorithm !== null && body.signing !== before.algorithm)
        throw invalid('signing', `${before.algorithm}: rotate the key to change it`);
      const { config, secret } = checkInput(body, { ...this.#checks(), before: before.settings });
      const filters = body.kind === 'webhook' ? body.filters : {};
      await this.#refuseStrangers(sql, filters);
      await this.channels.update(sql, { id, name: body.name, kind: body.kind, config, secret, filters }, this.#date());
      await this.#write(sql, { caller, requestId }, 'update', id, { name: body.name, kind: body.kind });
      return this.#one(sql, id);
    });
  }

  @Implements(endpoints.setChannelState)
  setState(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.setChannelState>) {
    const id = params.channelId;
    return this.db.tx(caller.scope, async (sql) => {
      const before = found(await this.channels.forChange(sql, id));
      if (body.fallbackChannelId === id) throw invalid('fallbackChannelId', 'another channel');
      if (typeof body.fallbackChannelId === 'string') await this.#one(sql, body.fallbackChannelId);
      if (body.fallbackChannelId !== undefined) await this.channels.setFallback(sql, id, body.fallbackChannelId);
      if (before.enabled !== body.enabled) await this.channels.setEnabled(sql, id, body.enabled, this.#date());
      const change = body.fallbackChannelId === undefined ? {} : { fallbackChannelId: body.fallbackChannelId };
      await this.#write(sql, { caller, requestId }, body.enabled ? 'enable' : 'disable', id, change);
      return this.#one(sql, id);
    });
  }

  @Implements(endpoints.deleteChannel)
  remove(@Call() { caller, params, requestId }: CallOf<typeof endpoints.deleteChannel>) {
    return this.db.tx(caller.scope, async (sql) => {
      const channel = await this.#one(sql, params.channelId);
      const policies = await this.channels.policiesUsing(sql, channel.id);
      if (policies.length > 0) throw new ProblemError('in-use', { detail: `Used by: ${policies.join(', ')}.` });
      await this.channels.remove(sql, channel.id);
      await this.#write(sql, { caller, requestId }, 'delete', channel.id, { name: channel.name, kind: channel.kind });
    });
  }

  @Implements(endpoints.rotateChannelKey)
  rotate(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.rotateChannelKey>) {
    const key = makeKey(body.algorithm);
    return this.db.tx(caller.scope, async (sql) => {
      const channel = await this.#one(sql, params.channelId);
      if (channel.kind !== 'webhook') throw new ProblemError('invalid-input', { detail: 'Only webhooks are signed.' });
      const now = this.#date();
      const othersUntil = new Date(now.getTime() + body.overlapHours * HOUR_MS);
      await this.channels.addKey(sql, caller.operatorId, channel.id, key, { now, othersUntil });
      await this.channels.setSigning(sql, channel.id, key.algorithm);
      await this.#write(sql, { caller, requestId }, 'rotate-key', channel.id, body);
      return { channel: await this.#one(sql, channel.id), signingSecret: secretShown(key) };
    });
  }

  async #refuseStrangers(sql: Sql, { customerIds = [] }: ChannelFilters): Promise<void> {
    if (await this.channels.allCustomersKnown(sql, customerIds)) return;
    throw new ProblemError('not-found', { fields: [{ path: 'body.filters.customerIds', expected: 'ids of yours' }] });
  }

  async #one(sql: Sql, id: string): Promise<Channel> {
    return found((await this.channels.list(sql, this.#date(), id))[0]);
  }

  #checks() {
    return { http: this.http, mail: this.config.SMTP_URL !== undefined };
  }

  #date(): Date {
    return new Date(this.now());
  }

  #write(
    sql: Sql,
    by: Parameters<AuditRepository['write']>[1],
    verb: string,
    subjectId: string,
    change: Parameters<AuditRepository['write']>[2]['change'],
  ): Promise<void> {
    return this.audit.write(sql, by, { verb, subjectType: 'channel', subjectId, change });
  }
}

/** A shared secret is shown to its owner once; of a key pair the public half is enough. */
function secretShown(key: SigningKey | null): string | null {
  return key?.algorithm === 'v1' ? key.secret : null;
}
