import { randomUUID } from 'node:crypto';
import { type DownMessage, endpoints, type Presence, topics } from '@loopstart/contracts';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { AgentLink } from '../src/agents/broker/agent-link.ts';
import type { TestApp, TestOperator } from './app.ts';
import { makeCsr } from './pki.ts';

export interface Identity {
  agentId: string;
  siteId: string;
  keyPem: string;
  certificatePem: string;
  caPem: string;
}

/** A new site with an agent that has enrolled through the API. */
export async function enrolAgent(api: TestApp, operator: TestOperator, siteId?: string): Promise<Identity> {
  const site = siteId ?? (await makeSite(operator));
  const { token } = await operator.technician(endpoints.createEnrolmentToken, { params: { siteId: site } });
  const { csrPem, keyPem } = await makeCsr();
  const body = { token, csrPem, hostname: 'north-1', version: '1.0.0' };
  const answer = await api.anonymous(endpoints.enrolAgent, { body });
  return { agentId: answer.agentId, siteId: site, keyPem, certificatePem: answer.certificatePem, caPem: answer.caPem };
}

async function makeSite(operator: TestOperator): Promise<string> {
  const name = `Place ${randomUUID()}`;
  const customer = await operator.technician(endpoints.createCustomer, { body: { name } });
  const site = await operator.technician(endpoints.createSite, {
    body: { customerId: customer.id, name, timeZone: 'Europe/London' },
  });
  return site.id;
}

/** Where the broker of an API listens. */
export function brokerUrl(api: TestApp): string {
  return `mqtts://127.0.0.1:${api.app.get<AgentLink>(AgentLink).port}`;
}

/** An agent's side of the connection, as its MQTT client library does it. */
export class MqttAgent {
  readonly client: MqttClient;
  readonly received: DownMessage[] = [];
  readonly closed: Promise<void>;
  readonly #agentId: string;
  #waiting: (() => void)[] = [];

  private constructor(client: MqttClient, agentId: string) {
    this.client = client;
    this.#agentId = agentId;
    this.closed = new Promise((resolve) => client.once('close', () => resolve()));
    client.on('error', () => undefined);
    client.on('message', (_topic, payload) => {
      this.received.push(JSON.parse(payload.toString()) as DownMessage);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** Rejects where the broker refuses. */
  static async connect(url: string, identity: Identity, options: IClientOptions = {}): Promise<MqttAgent> {
    const { agentId, keyPem, certificatePem, caPem } = identity;
    const client = await connectAsync(url, {
      clientId: agentId,
      key: keyPem,
      cert: certificatePem,
      ca: caPem,
      protocolVersion: 5,
      reconnectPeriod: 0,
      connectTimeout: 5_000,
      clean: false,
      ...options,
    });
    const agent = new MqttAgent(client, agentId);
    await client.subscribeAsync(topics.down(agentId), { qos: 1 });
    return agent;
  }

  async say(message: unknown, qos: 0 | 1 = 1): Promise<void> {
    const payload = Buffer.isBuffer(message) ? message : JSON.stringify(message);
    await this.client.publishAsync(topics.up(this.#agentId), payload, { qos });
  }

  async setPresence(online: boolean, at: number, rest: Partial<Presence> = {}): Promise<void> {
    const payload = JSON.stringify({ v: 1, online, at, epoch: 1, ...rest });
    await this.client.publishAsync(topics.presence(this.#agentId), payload, { qos: 1, retain: true });
  }

  /** The first message from the cloud, received before or after the call, that fits. */
  async receives<K extends DownMessage['kind']>(
    kind: K,
    fits: (message: Extract<DownMessage, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<DownMessage, { kind: K }>> {
    for (;;) {
      const found = this.received.find(
        (message) => message.kind === kind && fits(message as Extract<DownMessage, { kind: K }>),
      );
      if (found !== undefined) return found as Extract<DownMessage, { kind: K }>;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async end(): Promise<void> {
    await this.client.endAsync(true).catch(() => undefined);
  }
}

/** Asks again until the answer fits; the test's own time limit ends it. */
export async function eventually<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
