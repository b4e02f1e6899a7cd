/**
 * The agents of a measurement, in a process of their own: connects them all, and sends prepared messages as fast as
 * they are acknowledged, or at a rate. Driven by its parent over IPC.
 */
import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { topics } from '@loopstart/contracts';
import { generate, makeParser, type Packet } from './packets.ts';
import { agentIdOf, type FleetPlan, firstMessages, reportsMessage } from './fleet.ts';

export interface PublisherSettings {
  plan: FleetPlan;
  url: string;
  /** What ends the wait for a message: our acknowledgement after the commit, or the broker's. */
  until: 'committed' | 'taken';
  /** File with `{ caPem, agents: { keyPem, certificatePem }[] }`; absent: plain TCP. */
  identities: string | null;
  window: number;
}

export type PublisherCommand =
  | { do: 'connect'; settings: PublisherSettings }
  | { do: 'announce'; startMs: number }
  | { do: 'prepare'; fromSeq: number; messagesPerAgent: number; reportsPerMessage: number; startMs: number }
  | { do: 'run'; perSecond: number | null };

/** Times in milliseconds, of single messages. */
export interface RunResult {
  messages: number;
  tookMs: number;
  latencyMs: { p50: number; p99: number; max: number } | null;
  bytes: number;
}

type Progress = (finished: number, latencies: number[]) => void;

class Agent {
  readonly #socket: Socket;
  readonly #until: PublisherSettings['until'];
  readonly #window: number;
  queue: Buffer[] = [];
  #firstSeq = 1;
  #sent = 0;
  #done = 0;
  #sentAt: number[] = [];
  #windowed = false;
  #onProgress: Progress = () => undefined;
  readonly ready: Promise<void>;

  constructor(index: number, settings: PublisherSettings, identity: Identity | null, caPem: string) {
    const agentId = agentIdOf(index);
    const url = new URL(settings.url);
    const at = { host: url.hostname, port: Number(url.port) };
    this.#until = settings.until;
    this.#window = settings.window;
    this.#socket =
      identity === null
        ? connectTcp(at)
        : connectTls({ ...at, key: identity.keyPem, cert: identity.certificatePem, ca: caPem, servername: '' });
    this.#socket.setNoDelay(true);
    const parser = makeParser();
    this.ready = new Promise((resolve, reject) => {
      this.#socket.on('error', reject);
      this.#socket.once('close', () => reject(new Error(`agent ${index} was disconnected`)));
      parser.on('packet', (packet: Packet) => {
        if (packet.cmd === 'connack') {
          if (packet.returnCode !== 0) reject(new Error(`agent ${index} was refused: ${packet.returnCode}`));
          const subscriptions = [{ topic: topics.down(agentId), qos: 0 as const }];
          this.#socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions }));
        } else if (packet.cmd === 'suback') resolve();
        else if (packet.cmd === 'puback' && this.#until === 'taken') this.#finished(this.#done + 1);
        else if (packet.cmd === 'publish' && this.#until === 'committed') this.#told(packet.payload as Buffer);
      });
    });
    this.#socket.on('data', (chunk) => parser.parse(chunk));
    this.#socket.once(identity === null ? 'connect' : 'secureConnect', () =>
      this.#socket.write(
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          clientId: agentId,
          keepalive: 300,
        }),
      ),
    );
  }

  load(firstSeq: number, queue: Buffer[]): void {
    this.queue = queue;
    this.#firstSeq = firstSeq;
    this.#sent = 0;
    this.#done = 0;
    this.#sentAt = [];
  }

  /** Sends everything, as much at once as the window allows. */
  sendAll(onProgress: Progress): void {
    this.#onProgress = onProgress;
    this.#windowed = true;
    this.#pump();
  }

  /** Sends one message, whatever is under way. */
  sendNext(onProgress: Progress): void {
    this.#onProgress = onProgress;
    this.#windowed = false;
    if (this.#sent < this.queue.length) this.#send();
  }

  #pump(): void {
    while (this.#sent < this.queue.length && this.#sent - this.#done < this.#window) this.#send();
  }

  #send(): void {
    this.#sentAt.push(performance.now());
    this.#socket.write(this.queue[this.#sent]!);
    this.#sent += 1;
  }

  #told(payload: Buffer): void {
    const message = JSON.parse(payload.toString()) as { kind: string; position?: [number, number]; rejected?: unknown };
    if (message.kind === 'rewind') throw new Error('the API asked for messages again');
    if (message.kind !== 'ack' || message.position === undefined) return;
    if (message.rejected !== undefined) throw new Error(`refused: ${JSON.stringify(message.rejected)}`);
    this.#finished(message.position[1] - this.#firstSeq + 1);
  }

  #finished(done: number): void {
    if (done <= this.#done) return;
    const now = performance.now();
    const latencies: number[] = [];
    for (let at = this.#done; at < done; at += 1) latencies.push(now - this.#sentAt[at]!);
    const finished = done - this.#done;
    this.#done = done;
    if (this.#windowed) this.#pump();
    this.#onProgress(finished, latencies);
  }
}

interface Identity {
  keyPem: string;
  certificatePem: string;
}

let agents: Agent[] = [];
let settings: PublisherSettings | undefined;
const CONNECT_AT_ONCE = 50;

async function connectAll(): Promise<void> {
  const { plan, identities } = settings!;
  const known =
    identities === null
      ? null
      : (JSON.parse(readFileSync(identities, 'utf8')) as { caPem: string; agents: Identity[] });
  for (let index = 0; index < plan.agents; index += CONNECT_AT_ONCE) {
    const some = Array.from({ length: Math.min(CONNECT_AT_ONCE, plan.agents - index) }, (_, offset) => {
      const at = index + offset;
      return new Agent(at, settings!, known?.agents[at] ?? null, known?.caPem ?? '');
    });
    await Promise.all(some.map((agent) => agent.ready));
    agents.push(...some);
  }
}

function packet(agent: number, seq: number, message: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  const topic = topics.up(agentIdOf(agent));
  const messageId = (seq % 65_535) + 1;
  return generate({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false, messageId });
}

function run(perSecond: number | null): Promise<RunResult> {
  const total = agents.reduce((sum, agent) => sum + agent.queue.length, 0);
  const bytes = agents.reduce((sum, agent) => sum + agent.queue.reduce((all, one) => all + one.length, 0), 0);
  const latencies: number[] = [];
  const started = performance.now();
  return new Promise((resolve) => {
    let finished = 0;
    const onProgress: Progress = (count, some) => {
      finished += count;
      for (const latency of some) latencies.push(latency);
      if (finished < total) return;
      latencies.sort((a, b) => a - b);
      const at = (part: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))]!;
      const latencyMs = { p50: at(0.5), p99: at(0.99), max: latencies.at(-1)! };
      resolve({ messages: total, tookMs: performance.now() - started, latencyMs, bytes });
    };
    if (perSecond === null) {
      for (const agent of agents) agent.sendAll(onProgress);
      return;
    }
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * perSecond));
      for (; sent < due; sent += 1) agents[sent % agents.length]!.sendNext(onProgress);
      if (sent >= total) clearInterval(timer);
    }, 2);
  });
}

process.on('message', (command: PublisherCommand) => {
  void obey(command).then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});

async function obey(command: PublisherCommand): Promise<RunResult | null> {
  switch (command.do) {
    case 'connect':
      settings = command.settings;
      agents = [];
      await connectAll();
      return null;
    case 'announce': {
      const { plan } = settings!;
      agents.forEach((agent, index) => {
        const gateways = Array.from({ length: plan.gatewaysPerAgent }, (_, gateway) => gateway);
        const messages = gateways.flatMap((gateway) => firstMessages(plan, index, gateway, command.startMs));
        agent.load(
          1,
          messages.map((message, at) => packet(index, at + 1, message)),
        );
      });
      return run(null);
    }
    case 'prepare': {
      const { plan } = settings!;
      const { fromSeq, messagesPerAgent, reportsPerMessage, startMs } = command;
      agents.forEach((agent, index) => {
        const seqs = Array.from({ length: messagesPerAgent }, (_, offset) => fromSeq + offset);
        agent.load(
          fromSeq,
          seqs.map((seq) => packet(index, seq, reportsMessage(plan, index, seq, reportsPerMessage, startMs))),
        );
      });
      return null;
    }
    case 'run':
      return run(command.perSecond);
  }
}
