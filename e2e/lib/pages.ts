import { endpoints } from '@loopstart/contracts';
import { type Received, WebhookSink } from '../../scripts/lib/webhook-sink.ts';
import type { Stack } from './stack.ts';

type Kind = 'incident.raised' | 'incident.resolved';
/** A signed message about an incident, as it arrived. */
export type Page = Received & { payload: Extract<Received['payload'], { type: Kind }> };

/** The webhooks that arrived, with every signature checked. */
export class Pages {
  readonly #sink: WebhookSink;

  private constructor(sink: WebhookSink) {
    this.#sink = sink;
  }

  /** Starts the receiver; the stack must be allowed to send to 127.0.0.1. */
  static async open(): Promise<Pages> {
    return new Pages(await WebhookSink.start());
  }

  /** Has everything of the signed-in operator sent here. */
  async follow(stack: Stack): Promise<void> {
    const { call } = await stack.api();
    const created = await call(endpoints.createChannel, {
      body: { kind: 'webhook', name: 'Bench', url: this.#sink.url, filters: {}, signing: 'v1' },
    });
    this.#sink.secret = created.signingSecret ?? '';
  }

  get refused(): number {
    return this.#sink.refused.length;
  }

  of(type: Kind, from: number): Page[] {
    return this.#sink.received.filter((one): one is Page => one.payload.type === type && one.at >= from);
  }

  /** The first of a kind since `from` that matches; undefined when none came within `timeoutMs`. */
  async first(
    type: Kind,
    from: number,
    timeoutMs: number,
    matches: (page: Page) => boolean,
  ): Promise<Page | undefined> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = this.of(type, from).find(matches);
      if (found !== undefined || Date.now() > end) return found;
      await pause(50);
    }
  }

  stop(): Promise<void> {
    return this.#sink.stop();
  }
}

/** One line that says what a page was about. */
export function spoken({ at, payload }: Page): string {
  const { number, kind, title, place, affected } = payload.data;
  const where = [place.site?.name, place.gateway?.name, place.port?.position].filter((part) => part !== undefined);
  return `${new Date(at).toISOString().slice(11, 19)} ${payload.type} #${number} ${kind} "${title}" (${where.join(', ')}), affects ${affected.agents} agents, ${affected.gateways} gateways, ${affected.ports} lines`;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
