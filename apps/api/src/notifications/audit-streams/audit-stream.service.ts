import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AuditStream, AuditStreamChange, NewAuditStream } from '@loopstart/contracts';
import { AUDIT_STREAMS_MAX } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type AuditEntry, type By, ChainRepository, Changes, former } from '../../identity/audit/index.ts';
import { makeKey } from '../delivery/index.ts';
import { AuditStreamRepository } from './audit-stream.repository.ts';
import { type ClientCertificateView, viewOfClient } from './client-certificate.ts';
import { StreamSender } from './stream-sender.ts';
import { type StreamSettings, StreamSettingsSeal, targetOfStream } from './stream-settings.ts';

type Verb = Extract<AuditEntry, { subjectType: 'audit-stream' }>['verb'];

/** Where the audit trail is sent. Each change of it is on record, and so in the stream itself. */
@Injectable()
export class AuditStreamService {
  constructor(
    private readonly db: Database,
    private readonly streams: AuditStreamRepository,
    private readonly chains: ChainRepository,
    private readonly seal: StreamSettingsSeal,
    private readonly sender: StreamSender,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list(scope: Scope): Promise<AuditStream[]> {
    return this.db.tx(scope, (sql) => this.streams.all(sql));
  }

  create(by: By, input: NewAuditStream): Promise<{ stream: AuditStream; signingSecret: string | null }> {
    const { operatorId } = by.caller;
    const id = randomUUID();
    const settings: StreamSettings =
      input.kind === 'webhook'
        ? { kind: 'webhook', url: input.url, secret: makeKey('v1').secret }
        : { kind: 'syslog', host: input.host, port: input.port, ca: input.ca, client: input.client };
    this.sender.check(settings);
    const { name, kind } = input;
    const client = this.#clientOf(settings);
    const target = targetOfStream(settings);
    return this.changes.make(by, async (sql) => {
      if ((await this.streams.count(sql, operatorId)) >= AUDIT_STREAMS_MAX)
        throw new ProblemError('in-use', {
          detail: `There are ${AUDIT_STREAMS_MAX} streams already, as many as can be.`,
        });
      const end = await this.chains.end(sql, operatorId);
      const position = input.from === 'now' ? end.seq : end.beginsAfter;
      const secret = await this.seal.seal({ operatorId, id }, settings);
      await this.streams.insert(
        sql,
        { id, operatorId, name, kind, target, secret, position, client },
        new Date(this.now()),
      );
      const stream = found(await this.streams.one(sql, id));
      return {
        result: { stream, signingSecret: settings.kind === 'webhook' ? settings.secret : null },
        audit: entry('create', id, { name, kind, target, from: input.from, ...shown(client) }),
      };
    });
  }

  update(by: By, id: string, input: AuditStreamChange): Promise<AuditStream> {
    return this.changes.make(by, async (sql) => {
      const stored = found(await this.streams.lock(sql, id));
      const before = await this.seal.open(stored, stored.secret);
      const settings = changed(before, input);
      this.sender.check(settings);
      const change = { name: input.name, target: targetOfStream(settings) };
      const client = this.#clientOf(settings);
      await this.streams.update(sql, { id, ...change, client, secret: await this.seal.seal(stored, settings) });
      const isSame = JSON.stringify(settings) === JSON.stringify(before);
      const replaced = isSame ? {} : { settingsReplaced: true, ...shown(client) };
      return {
        result: await this.#one(sql, id),
        audit: { ...entry('update', id, { ...change, ...replaced }), before: former(stored, change) },
      };
    });
  }

  setPaused(by: By, id: string, paused: boolean): Promise<AuditStream> {
    return this.changes.make(by, async (sql) => {
      const stored = found(await this.streams.lock(sql, id));
      if (stored.paused !== paused) await this.streams.setPaused(sql, id, paused);
      const audit = stored.paused === paused ? null : entry(paused ? 'pause' : 'resume', id, { name: stored.name });
      return { result: await this.#one(sql, id), audit };
    });
  }

  /** Sends a message now, whether the stream is paused or not, and waits for what becomes of it. */
  async test(by: By, id: string): Promise<{ received: boolean; error: string | null }> {
    const stored = await this.changes.make(by, async (sql) => {
      const stream = found(await this.streams.lock(sql, id));
      return { result: stream, audit: entry('test', id, { name: stream.name }) };
    });
    const { error } = await this.sender.test(stored);
    return { received: error === null, error };
  }

  remove(by: By, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      const { name, kind, target } = found(await this.streams.lock(sql, id));
      await this.streams.remove(sql, id);
      return { result: undefined, audit: entry('delete', id, { name, kind, target }) };
    });
  }

  /** What is shown of the client certificate. Throws `invalid-input` where it is none. */
  #clientOf(settings: StreamSettings): ClientCertificateView | null {
    return settings.kind === 'webhook' || settings.client === null ? null : viewOfClient(settings.client, this.now());
  }

  async #one(sql: Sql, id: string): Promise<AuditStream> {
    return found(await this.streams.one(sql, id));
  }
}

const shown = (client: ClientCertificateView | null) =>
  client === null ? {} : { client: client.subject, clientExpiresAt: client.expiresAt.toISOString() };

const entry = (verb: Verb, subjectId: string, change: AuditEntry['change']) => ({
  verb,
  subjectType: 'audit-stream' as const,
  subjectId,
  change,
});

/** The settings after a change: what it leaves out stays. */
function changed(before: StreamSettings, input: AuditStreamChange): StreamSettings {
  if (before.kind === 'webhook' && input.kind === 'webhook') return { ...before, url: input.url ?? before.url };
  if (before.kind === 'syslog' && input.kind === 'syslog') {
    const { host, port, ca = before.ca, client = before.client } = input;
    return { kind: 'syslog', host, port, ca, client };
  }
  throw new ProblemError('invalid-input', {
    fields: [{ path: 'body.kind', expected: `${before.kind}: the kind of a stream cannot change` }],
  });
}
