import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AgentLink } from '../broker/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { AgentDirectory, TelemetryRepository } from '../ingest/index.ts';
import type { AgentSignal } from '../registry/index.ts';
import { AgentRelay } from './agent-relay.ts';
import { DeliveryRepository } from './delivery.repository.ts';

/** What is desired and not reported is said again so often. */
const SWEEP_MS = 30_000;

/**
 * Brings what is desired (config, actions) to the agents: when it comes up, when an agent connects, and again until
 * the agent reports it. It is always the same question to the database, so nothing is remembered here.
 */
@Injectable()
export class DeliveryService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stopListening: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sweeping = false;

  constructor(
    @Inject(AgentLink) private readonly link: AgentLink,
    private readonly directory: AgentDirectory,
    private readonly telemetry: TelemetryRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly relay: AgentRelay,
    private readonly bus: LiveBus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#stopListening.push(
      this.link.ready.on(({ agentId }) => this.#inBackground(this.#agentIsReady(agentId))),
      this.relay.signals.on((signal) => this.#inBackground(this.#heard(signal))),
    );
    this.#timer = setInterval(() => this.#inBackground(this.#sweep()), SWEEP_MS);
    this.#timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    for (const stop of this.#stopListening) stop();
  }

  /** Ends actions whose time is over. */
  async expire(): Promise<void> {
    const expired = await this.deliveries.expire(await this.deliveries.operators(), new Date(this.now()));
    for (const { operatorId, action } of expired) this.bus.publish(operatorId, { type: 'action', action });
  }

  async #agentIsReady(agentId: string): Promise<void> {
    const sender = (await this.directory.senders([agentId])).get(agentId);
    if (sender !== undefined) await this.#deliver(sender.operatorId, agentId);
  }

  async #heard({ type, agentId, operatorId }: AgentSignal): Promise<void> {
    if (type === 'handed-over') this.telemetry.forgetHeldBy(agentId);
    else if (type === 'revoked') {
      this.directory.forget(agentId);
      this.link.disconnect(agentId);
    } else if (this.#isExternal || this.link.isConnected(agentId)) await this.#deliver(operatorId, agentId);
  }

  /** Says again what is not reported, and closes connections of agents that were revoked while nobody told us. */
  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      const connected = this.#isExternal ? null : this.link.connected();
      const operatorIds = connected === null ? await this.deliveries.operators() : await this.#operatorsOf(connected);
      for (const { agentId, operatorId } of await this.deliveries.lagging(operatorIds, connected, new Date(this.now())))
        await this.#deliver(operatorId, agentId);
    } finally {
      this.#sweeping = false;
    }
  }

  async #operatorsOf(agentIds: readonly string[]): Promise<string[]> {
    const senders = await this.directory.senders(agentIds);
    for (const agentId of agentIds) if (!senders.has(agentId)) this.link.disconnect(agentId);
    return [...new Set([...senders.values()].map((sender) => sender.operatorId))];
  }

  async #deliver(operatorId: string, agentId: string): Promise<void> {
    const { config, actions, sent } = await this.deliveries.pending(operatorId, agentId, new Date(this.now()));
    if (config !== null) this.link.send(agentId, { v: 1, kind: 'config', config });
    for (const action of actions) this.link.send(agentId, action);
    for (const action of sent) this.bus.publish(operatorId, { type: 'action', action });
  }

  get #isExternal(): boolean {
    return this.config.MQTT_URL !== undefined;
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.log.error({ err: error }, 'what is desired could not be brought to an agent'));
  }
}
