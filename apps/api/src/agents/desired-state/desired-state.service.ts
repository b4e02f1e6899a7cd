import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AgentLink } from '../broker/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { AgentDirectory, GatewayContextRepository } from '../ingest/index.ts';
import type { AgentSignal } from '../registry/index.ts';
import { AgentRelay } from './agent-relay.ts';
import { DesiredStateRepository } from './desired-state.repository.ts';

/** How often desired state that is not acknowledged is resent. */
const SWEEP_MS = 30_000;

/**
 * Sends desired state to the agents: when it changes, when an agent connects, and again until the agent reports it.
 * Every time it is the same database query, so no state is kept here.
 */
@Injectable()
export class DesiredStateService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stopListening: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sweeping = false;

  constructor(
    @Inject(AgentLink) private readonly link: AgentLink,
    private readonly directory: AgentDirectory,
    private readonly contexts: GatewayContextRepository,
    private readonly repository: DesiredStateRepository,
    private readonly relay: AgentRelay,
    private readonly bus: LiveBus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#stopListening.push(
      this.link.ready.on(({ agentId }) => this.#inBackground(this.#onReady(agentId))),
      this.relay.signals.on((signal) => this.#inBackground(this.#onSignal(signal))),
    );
    this.#timer = setInterval(() => this.#inBackground(this.#sweep()), SWEEP_MS);
    this.#timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    for (const stop of this.#stopListening) stop();
  }

  /** Ends desired state that was not reported in time. */
  async expire(): Promise<void> {
    const expired = await this.repository.expire(await this.repository.operators(), new Date(this.now()));
    for (const { operatorId, event } of expired) this.bus.publish(operatorId, event);
  }

  async #onReady(agentId: string): Promise<void> {
    const sender = (await this.directory.senders([agentId])).get(agentId);
    if (sender !== undefined) await this.#send(sender.operatorId, agentId);
  }

  async #onSignal({ type, agentId, operatorId }: AgentSignal): Promise<void> {
    if (type === 'handed-over') this.contexts.forgetHeldBy(agentId);
    else if (type === 'revoked') {
      this.directory.forget(agentId);
      this.link.disconnect(agentId);
    } else if (this.#isExternal || this.link.isConnected(agentId)) await this.#send(operatorId, agentId);
  }

  /** Resends desired state the agent has not acknowledged; disconnects agents whose revocation this process missed. */
  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      const connected = this.#isExternal ? null : this.link.connected();
      const operatorIds = connected === null ? await this.repository.operators() : await this.#operatorsOf(connected);
      for (const { agentId, operatorId } of await this.repository.lagging(operatorIds, connected, new Date(this.now())))
        await this.#send(operatorId, agentId);
    } finally {
      this.#sweeping = false;
    }
  }

  async #operatorsOf(agentIds: readonly string[]): Promise<string[]> {
    const senders = await this.directory.senders(agentIds);
    for (const agentId of agentIds) if (!senders.has(agentId)) this.link.disconnect(agentId);
    return [...new Set([...senders.values()].map((sender) => sender.operatorId))];
  }

  async #send(operatorId: string, agentId: string): Promise<void> {
    const { messages, published } = await this.repository.pending(operatorId, agentId, new Date(this.now()));
    for (const message of messages) this.link.send(agentId, message);
    for (const event of published) this.bus.publish(operatorId, event);
  }

  get #isExternal(): boolean {
    return this.config.MQTT_URL !== undefined;
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.log.error({ err: error }, 'failed to send desired state to agent'));
  }
}
