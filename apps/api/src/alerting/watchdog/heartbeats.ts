import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import type { SealedPlace } from '../../core/secret/sealed-fields.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { HeartbeatRepository } from './heartbeat.repository.ts';
import { Watchdog } from './watchdog.service.ts';

/** Where the secret address of an operator stands. */
export const heartbeatPlace = (operatorId: string): SealedPlace => ({
  field: 'heartbeat.url',
  operatorId,
  row: { operator_id: operatorId },
});

/**
 * Heartbeats to dead-man services of operators: sent when everything of the operator was evaluated and alerting works as a
 * whole, so that a missing heartbeat reveals any failure of ours.
 */
@Injectable()
export class Heartbeats {
  readonly #beating = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly repository: HeartbeatRepository,
    private readonly secrets: Secrets,
    private readonly http: GuardedHttp,
    private readonly watchdog: Watchdog,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Called after each full evaluation of an operator; sends when due. Never throws, and nobody awaits it. */
  beat(operatorId: string, now: number): void {
    if (this.watchdog.state === 'missing' || this.#beating.has(operatorId)) return;
    this.#beating.add(operatorId);
    void this.#beat(operatorId, now)
      .catch((error: unknown) => this.log.warn({ err: error, operatorId }, 'failed to send a heartbeat'))
      .finally(() => this.#beating.delete(operatorId));
  }

  async #beat(operatorId: string, now: number): Promise<void> {
    const scope = wholeOperator(operatorId);
    const sealed = await this.db.tx(scope, (sql) => this.repository.takeDue(sql, operatorId, new Date(now)));
    if (sealed === null) return;
    const outcome = await this.#send(await this.secrets.open(heartbeatPlace(operatorId), sealed));
    await this.db.tx(scope, (sql) => this.repository.record(sql, operatorId, outcome));
  }

  async #send(url: string): Promise<{ status: number | null; error: string | null }> {
    try {
      const { status } = await this.http.send({ method: 'GET', url, headers: { 'user-agent': 'Loopstart/1' } });
      return { status, error: status >= 200 && status < 300 ? null : `It answered ${status}.` };
    } catch (error) {
      // The address is secret, and some errors repeat it.
      return { status: null, error: (error as Error).message.replaceAll(url, '…').slice(0, 300) };
    }
  }
}
