import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Channel, ChannelFilters, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type AuditEntry, type By, type Changed, Changes, former } from '../../identity/audit/index.ts';
import { makeKey, type SigningKey } from '../delivery/index.ts';
import { ChannelRepository } from './channel.repository.ts';
import { checkInput, invalid } from './check-input.ts';

type NewChannel = z.output<typeof endpoints.createChannel.body>;
type ChannelChange = z.output<typeof endpoints.updateChannel.body>;
type StateChange = z.output<typeof endpoints.setChannelState.body>;
type Rotation = z.output<typeof endpoints.rotateChannelKey.body>;

type ChannelEntry = Extract<AuditEntry, { subjectType: 'channel' }>;

const HOUR_MS = 3_600_000;

/** Notification channels with their secrets and signing keys. */
@Injectable()
export class ChannelService {
  constructor(
    private readonly channels: ChannelRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    private readonly http: GuardedHttp,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  all(scope: Scope): Promise<Channel[]> {
    return this.db.tx(scope, (sql) => this.channels.list(sql, this.#date()));
  }

  one(scope: Scope, id: string): Promise<Channel> {
    return this.db.tx(scope, (sql) => this.#one(sql, id));
  }

  create(by: By, input: NewChannel) {
    const { config, secret } = checkInput(input, this.#checks());
    const id = randomUUID();
    const filters = input.kind === 'webhook' ? input.filters : {};
    const key = input.kind === 'webhook' ? makeKey(input.signing) : null;
    return this.changes.make(by, async (sql) => {
      await this.#refuseStrangers(sql, filters);
      const now = this.#date();
      await this.channels.insert(
        sql,
        by.caller.operatorId,
        { id, name: input.name, kind: input.kind, config, secret, filters },
        now,
      );
      if (key !== null) await this.channels.addKey(sql, by.caller.operatorId, id, key, { now, othersUntil: now });
      const channel = await this.#one(sql, id);
      return done({ channel, signingSecret: secretShown(key) }, 'create', id, recordOf(channel));
    });
  }

  update(by: By, id: string, input: ChannelChange): Promise<Channel> {
    return this.changes.make(by, async (sql) => {
      const before = found(await this.channels.forChange(sql, id));
      if (before.kind !== input.kind) throw invalid('kind', `${before.kind}: the kind of a channel cannot change`);
      if (input.kind === 'webhook' && before.algorithm !== null && input.signing !== before.algorithm)
        throw invalid('signing', `${before.algorithm}: rotate the key to change it`);
      const { config, secret } = checkInput(input, { ...this.#checks(), before: before.settings });
      const filters = input.kind === 'webhook' ? input.filters : {};
      await this.#refuseStrangers(sql, filters);
      const present = recordOf(await this.#one(sql, id));
      await this.channels.update(
        sql,
        by.caller.operatorId,
        { id, name: input.name, kind: input.kind, config, secret, filters },
        this.#date(),
      );
      const channel = await this.#one(sql, id);
      const replaced = replacedOf(before.settings, secret);
      const change = { ...recordOf(channel), ...(replaced.length === 0 ? {} : { replaced }) };
      return done(channel, 'update', id, change, present);
    });
  }

  setState(by: By, id: string, input: StateChange): Promise<Channel> {
    return this.changes.make(by, async (sql) => {
      const before = found(await this.channels.forChange(sql, id));
      const { fallbackChannelId } = await this.#one(sql, id);
      if (input.fallbackChannelId === id) throw invalid('fallbackChannelId', 'another channel');
      if (typeof input.fallbackChannelId === 'string') await this.#one(sql, input.fallbackChannelId);
      if (input.fallbackChannelId !== undefined) await this.channels.setFallback(sql, id, input.fallbackChannelId);
      if (before.enabled !== input.enabled) await this.channels.setEnabled(sql, id, input.enabled, this.#date());
      const change = input.fallbackChannelId === undefined ? {} : { fallbackChannelId: input.fallbackChannelId };
      const verb = input.enabled ? 'enable' : 'disable';
      return done(await this.#one(sql, id), verb, id, change, former({ fallbackChannelId }, change));
    });
  }

  /** Refused while a policy notifies it. */
  remove(by: By, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      const channel = await this.#one(sql, id);
      const policies = await this.channels.policiesUsing(sql, channel.id);
      if (policies.length > 0) throw new ProblemError('in-use', { detail: `Used by: ${policies.join(', ')}.` });
      await this.channels.remove(sql, channel.id);
      return done(undefined, 'delete', channel.id, { name: channel.name, kind: channel.kind });
    });
  }

  rotate(by: By, id: string, input: Rotation) {
    const key = makeKey(input.algorithm);
    return this.changes.make(by, async (sql) => {
      const channel = await this.#one(sql, id);
      if (channel.kind !== 'webhook') throw new ProblemError('invalid-input', { detail: 'Only webhooks are signed.' });
      const now = this.#date();
      const othersUntil = new Date(now.getTime() + input.overlapHours * HOUR_MS);
      await this.channels.addKey(sql, by.caller.operatorId, channel.id, key, { now, othersUntil });
      await this.channels.setSigning(sql, channel.id, key.algorithm);
      return done(
        { channel: await this.#one(sql, channel.id), signingSecret: secretShown(key) },
        'rotate-key',
        channel.id,
        input,
      );
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
}

/** What a change of a channel did. */
function done<T>(
  result: T,
  verb: ChannelEntry['verb'],
  subjectId: string,
  change: AuditEntry['change'],
  before: AuditEntry['change'] = {},
): Changed<T> {
  return { result, audit: { verb, subjectType: 'channel', subjectId, change, before } };
}

/** What the audit trail keeps of a channel: nothing sealed, and no address, which may hold a key. */
function recordOf({ name, kind, target, filters, config }: Channel): AuditEntry['change'] {
  const { url: _, ...settings } = config;
  return { name, kind, target, filters, settings: settings as AuditEntry['change'] };
}

/** The sealed settings that a change replaced, by name. */
function replacedOf(before: Readonly<Record<string, unknown>>, sealed: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(sealed).filter((name) => JSON.stringify(sealed[name]) !== JSON.stringify(before[name]));
}

/** A shared secret is shown to its owner once; of a key pair the public half is enough. */
function secretShown(key: SigningKey | null): string | null {
  return key?.algorithm === 'v1' ? key.secret : null;
}
