import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PgNotifications } from '../../core/bus/pg-notifications.ts';
import { Signal } from '../../core/bus/signal.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { type AgentSignal, AgentSignals } from '../registry/index.ts';

const CHANNEL = 'loopstart_agents';

/**
 * Carries signals about agents to every API process through LISTEN/NOTIFY, because any of them may hold the agent's
 * connection. The sweep makes up for lost ones.
 */
@Injectable()
export class AgentRelay implements OnModuleDestroy {
  /** Signals of this process and of the others. */
  readonly signals = new Signal<AgentSignal>();
  readonly #stop: (() => void)[];

  constructor(
    private readonly notifications: PgNotifications,
    source: AgentSignals,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#stop = [
      source.on((signal) => this.#spread(signal)),
      notifications.listen(CHANNEL, { receive: (payload) => this.#receive(payload) }),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.#stop) stop();
  }

  #spread(signal: AgentSignal): void {
    this.signals.emit(signal);
    this.notifications
      .notify(CHANNEL, [JSON.stringify({ from: this.notifications.self, signal })])
      .catch((error: unknown) => this.log.warn({ err: error }, 'failed to signal an agent to other processes'));
  }

  #receive(payload: string): void {
    const { from, signal } = JSON.parse(payload) as { from: string; signal: AgentSignal };
    if (from !== this.notifications.self) this.signals.emit(signal);
  }
}
