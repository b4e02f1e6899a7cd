import { Inject, Injectable } from '@nestjs/common';
import { type ChainEntry, syslogEntry, syslogTest } from '@loopstart/domain';
import type { AuditStreamPayload } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { GuardedTls } from '../../core/egress/guarded-tls.ts';
import { BlockedError } from '../../core/egress/target.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { exchange, json, networkSentence, redact, signedHeaders } from '../delivery/index.ts';
import type { StoredStream } from './audit-stream.repository.ts';
import { entryOf } from './stream-entry.ts';
import { secretsOf, type StreamSettings, StreamSettingsSeal, type WebhookSettings } from './stream-settings.ts';
import { sendSyslog } from './syslog-connection.ts';

/** The outcome of an attempt; null is received. */
export interface Outcome {
  error: string | null;
  retryAfterMs: number | null;
}

const RECEIVED: Outcome = { error: null, retryAfterMs: null };

/** Sends entries of the audit trail to the receiver of a stream. Never throws: a failure is its outcome. */
@Injectable()
export class StreamSender {
  readonly #host: string;

  constructor(
    private readonly seal: StreamSettingsSeal,
    private readonly http: GuardedHttp,
    private readonly tls: GuardedTls,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.#host = new URL(config.PUBLIC_URL).hostname;
  }

  /** Throws a problem that names the field where settings are for an address that must not be sent to. */
  check(settings: StreamSettings): void {
    const field = settings.kind === 'webhook' ? 'url' : 'host';
    try {
      if (settings.kind === 'webhook') this.http.check(settings.url);
      else this.tls.check(settings);
    } catch (error) {
      if (!(error instanceof BlockedError)) throw error;
      throw new ProblemError('address-not-allowed', {
        detail: error.message,
        fields: [{ path: `body.${field}`, expected: 'an address on the public internet' }],
      });
    }
  }

  entries(stream: StoredStream, entries: readonly ChainEntry[]): Promise<Outcome> {
    return this.#attempt(stream, {
      id: `audit_${stream.id}_${entries[0]!.seq}-${entries.at(-1)!.seq}`,
      payload: { type: 'audit.entries', streamId: stream.id, entries: entries.map(entryOf) },
      lines: entries.map((entry) => syslogEntry(entry, this.#host, JSON.stringify(entryOf(entry)))),
    });
  }

  test(stream: StoredStream): Promise<Outcome> {
    const at = new Date(this.now()).toISOString();
    return this.#attempt(stream, {
      id: `audit_${stream.id}_test-${Date.parse(at)}`,
      payload: { type: 'audit.test', streamId: stream.id, at },
      lines: [syslogTest(stream.id, at, this.#host)],
    });
  }

  async #attempt(stream: StoredStream, message: Message): Promise<Outcome> {
    let secrets: string[] = [];
    try {
      const settings = await this.seal.open(stream, stream.secret);
      secrets = secretsOf(settings);
      const { error, retryAfterMs } =
        settings.kind === 'webhook'
          ? await this.#webhook(settings, message)
          : await sendSyslog(this.tls, settings, message.lines).then(() => RECEIVED);
      return { error: error === null ? null : redact(error, secrets), retryAfterMs };
    } catch (error) {
      return { error: redact(networkSentence(error), secrets), retryAfterMs: null };
    }
  }

  #webhook({ url, secret }: WebhookSettings, { id, payload }: Message): Promise<Outcome> {
    const request = json('POST', url, payload);
    const signature = signedHeaders(id, this.now(), request.body ?? '', [{ algorithm: 'v1', secret }]);
    return exchange(this.http, { ...request, headers: { ...request.headers, ...signature } }, this.now());
  }
}

interface Message {
  id: string;
  payload: AuditStreamPayload;
  lines: readonly string[];
}
