import {
  checkUpMessage,
  topics,
  type DownMessage,
  type UpBody,
  type UpKind,
  type UpMessage,
} from '@loopstart/contracts';
import { admit, STREAM_START, type Position } from '@loopstart/domain';
import type { TestBroker } from './test-broker.ts';

/** The cloud's side of the agent protocol on a real broker: checks, admits, stores and acknowledges. */
export class TestCloud {
  readonly stored: UpMessage[] = [];
  /** Messages that did not match the contract. */
  readonly refused: string[] = [];
  duplicates = 0;
  acknowledging = true;
  /** The cloud's time in each acknowledgement; null: none, as in older clouds. */
  clock: (() => number) | null = null;
  readonly #broker: TestBroker;
  readonly #agentId: string;

  constructor(broker: TestBroker, agentId: string) {
    this.#broker = broker;
    this.#agentId = agentId;
    broker.broker.on('publish', (packet, client) => {
      if (client !== null && packet.topic === topics.up(agentId)) this.#receive(packet.payload.toString());
    });
  }

  get committed(): Position {
    const last = this.stored.at(-1);
    return last === undefined ? STREAM_START : [last.epoch, last.seq];
  }

  send(message: DownMessage): Promise<void> {
    return this.#broker.send(topics.down(this.#agentId), message);
  }

  /** Bodies of one kind, in order. */
  bodies<K extends UpKind>(kind: K): UpBody<K>[] {
    return this.stored.filter((message) => message.kind === kind).map((message) => message.body as never);
  }

  reports() {
    return this.bodies('reports').flatMap((body) => body.reports);
  }

  events() {
    return this.bodies('events').flatMap((body) => body.events);
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as UpMessage;
    const failure = checkUpMessage(message);
    if (failure !== null) {
      this.refused.push(`${message.kind}${failure.path}: ${failure.expected}`);
      return;
    }
    const verdict = admit(this.committed, [message.epoch, message.seq], message.after);
    if (verdict === 'out-of-order') {
      void this.send({ v: 1, kind: 'rewind', position: this.committed as [number, number] });
      return;
    }
    if (verdict === 'duplicate') this.duplicates += 1;
    else this.stored.push(message);
    if (!this.acknowledging) return;
    const position = this.committed as [number, number];
    void this.send({ v: 1, kind: 'ack', position, ...(this.clock === null ? {} : { cloudTimeMs: this.clock() }) });
  }
}
