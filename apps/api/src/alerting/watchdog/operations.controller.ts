import {
  Controller,
  Get,
  Headers,
  Inject,
  type OnApplicationShutdown,
  type BeforeApplicationShutdown,
  Res,
} from '@nestjs/common';
import { VERSION } from '@loopstart/contracts';
import type { Response } from 'express';
import { CONFIG, type Config } from '../../core/config.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { sameText } from '../../core/http/same-text.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { Metrics } from '../../core/observe/metrics.ts';
import { Readiness } from './readiness.ts';
import { Watchdog } from './watchdog.service.ts';

/** Probes and metrics for the machines around the API. */
@Controller()
export class OperationsController implements BeforeApplicationShutdown, OnApplicationShutdown {
  #stopping = false;

  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(CONFIG) private readonly config: Config,
    private readonly watchdog: Watchdog,
    bus: LiveBus,
  ) {
    metrics.gauge('live_subscribers', 'Browsers connected to the live stream of this process', () => bus.subscribers);
  }

  /** The process runs, and which version. */
  @Get('healthz')
  healthz() {
    return { status: 'ok', version: VERSION };
  }

  /** Ready: not stopping, and the database answers. The state of alerting is reported, but does not make the process unready. */
  @Get('readyz')
  async readyz() {
    if (this.#stopping) throw new ProblemError('not-ready', { detail: 'Stopping.' });
    await this.readiness.check();
    return { status: 'ready', alerting: this.watchdog.state };
  }

  /** Needs METRICS_TOKEN, since it reveals how many operators there are and how busy; without one it answers 404. */
  @Get('metrics')
  async prometheus(@Headers('authorization') authorization: string | undefined, @Res() response: Response) {
    const token = this.config.METRICS_TOKEN;
    if (token === undefined) throw new ProblemError('not-found');
    if (!sameText(authorization ?? '', `Bearer ${token}`)) throw new ProblemError('not-signed-in');
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }

  beforeApplicationShutdown(signal?: string): void {
    this.#stopping = true;
    this.log.info({ signal }, 'stopping');
  }

  onApplicationShutdown(): void {
    this.log.info('stopped');
  }
}
