import { type CallDraft, type Layout, NO_LAYOUT, readSyslog, syslogHost } from '@loopstart/call-records';
import type { AgentHealth, CallStep } from '@loopstart/contracts';
import { portByNumber } from '@loopstart/domain';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { fullBucket, takeToken, type Bucket, type BucketSize } from '../core/token-bucket.ts';
import { plainAddress } from '../discovery/address-range.ts';
import type { GatewaySession } from '../session/gateway-session.ts';
import { portOfChannel, seeChannel, type SeenChannels } from './channel-base.ts';
import { chooseLineSender, type LineSenders } from './line-sender.ts';
import { SyslogReceiver } from './syslog-receiver.ts';

/** Lines of one gateway that are read: in bursts, and permanently. A gateway that logs everything sends hundreds. */
const LINES: BucketSize = { capacity: 6_000, refillMs: 0.4 };
/** Steps of calls of one gateway that are kept; 24 busy ports make a few a second. */
const STEPS: BucketSize = { capacity: 1_000, refillMs: 20 };
/** Unknown senders that are remembered by address, so that a person can see which device sends. */
const UNKNOWN_MAX = 50;

export interface CallListenerOptions {
  fleet: LineSenders;
  clock: Clock;
  log: Logger;
  take: (step: CallStep) => void;
  /** Addresses of relays that may name the gateway they forward for. */
  relays: readonly string[];
}

/** How long the sessions of an address are remembered: thousands of lines a second ask for few addresses. */
const SENDERS_KEPT_MS = 1_000;
const SENDERS_MAX = 1_000;

/** What is remembered of one gateway while the agent runs. */
interface Flow {
  lines: Bucket;
  steps: Bucket;
  layout: Layout;
  seen: SeenChannels;
}

/** Receives call records by syslog, finds the gateway that sent each, and passes on the steps of calls. */
export class CallListener {
  readonly #options: CallListenerOptions;
  readonly #receiver: SyslogReceiver;
  readonly #refused: Record<string, number> = {};
  readonly #unknown = new Map<string, number>();
  readonly #flows = new Map<string, Flow>();
  readonly #senders = new Map<string, GatewaySession[]>();
  #sendersAtMs = Number.NEGATIVE_INFINITY;
  #port: number | null = null;
  #lines = 0;
  #steps = 0;

  constructor(options: CallListenerOptions) {
    this.#options = options;
    this.#receiver = new SyslogReceiver({
      onMessage: (bytes, address) => this.#receive(bytes, address),
      onRefused: (reason, address) => this.#refuse(reason, address),
      mayConnect: (address) => this.#mayConnect(address),
    });
  }

  /** Addresses that are no gateway's, with the number of their lines; the first ones only. */
  get unknownSenders(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#unknown);
  }

  health(troubles: Readonly<Record<string, number>>): NonNullable<AgentHealth['callRecords']> {
    return { port: this.#port, lines: this.#lines, steps: this.#steps, refused: { ...this.#refused, ...troubles } };
  }

  async listen(port: number, address?: string): Promise<void> {
    await this.close();
    this.#port = await this.#receiver.listen(port, address);
    this.#options.log.info({ port: this.#port }, 'listening for call records');
  }

  async close(): Promise<void> {
    this.#port = null;
    await this.#receiver.close();
  }

  #mayConnect(address: string): boolean {
    const from = plainAddress(address);
    return (
      this.#options.fleet.at(from).length > 0 || this.#options.relays.some((relay) => plainAddress(relay) === from)
    );
  }

  #receive(bytes: Uint8Array, address: string): void {
    const { relays, clock } = this.#options;
    this.#lines += 1;
    const sender = chooseLineSender(address, () => syslogHost(bytes), { at: (ip) => this.#at(ip) }, relays);
    if (typeof sender === 'string') return this.#refuse(sender, address);
    const { known, gatewayId } = sender;
    if (known === null || gatewayId === null) return this.#refuse('not-recognised-yet', address);
    const flow = this.#flowOf(gatewayId);
    if (!this.#allowed(flow, 'lines', LINES)) return this.#refuse('too-many', address);
    const { reading, layout } = readSyslog(bytes, known.inventory.gateway.vendor, flow.layout);
    flow.layout = layout;
    if (reading.kind === 'refused') return this.#refuse(reading.reason, address);
    if (reading.kind === 'other') return;
    for (const draft of reading.calls) {
      if (!this.#allowed(flow, 'steps', STEPS)) return this.#refuse('too-many', address);
      this.#steps += 1;
      this.#options.take({ ...placed(draft, flow, known), gatewayId, at: clock.now() });
    }
  }

  #at(ip: string): GatewaySession[] {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#sendersAtMs > SENDERS_KEPT_MS || this.#senders.size >= SENDERS_MAX) {
      this.#senders.clear();
      this.#sendersAtMs = nowMs;
    }
    const known = this.#senders.get(ip);
    if (known !== undefined) return known;
    const found = this.#options.fleet.at(ip);
    this.#senders.set(ip, found);
    return found;
  }

  #flowOf(gatewayId: string): Flow {
    const nowMs = this.#options.clock.monotonicMs();
    const known = this.#flows.get(gatewayId);
    if (known !== undefined) return known;
    const flow: Flow = {
      lines: fullBucket(LINES, nowMs),
      steps: fullBucket(STEPS, nowMs),
      layout: NO_LAYOUT,
      seen: { zero: false, last: false },
    };
    this.#flows.set(gatewayId, flow);
    return flow;
  }

  #allowed(flow: Flow, which: 'lines' | 'steps', size: BucketSize): boolean {
    const token = takeToken(flow[which], size, this.#options.clock.monotonicMs());
    flow[which] = token.bucket;
    return token.taken;
  }

  #refuse(reason: string, address: string): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + 1;
    if (reason !== 'unknown-sender') return;
    const from = plainAddress(address);
    const count = this.#unknown.get(from);
    if (count !== undefined || this.#unknown.size < UNKNOWN_MAX) this.#unknown.set(from, (count ?? 0) + 1);
  }
}

/** A step with its port: by the channel, or else by the number of the line. */
function placed(
  { channelBase, ...draft }: CallDraft,
  flow: Flow,
  { inventory: { ports } }: NonNullable<GatewaySession['known']>,
): Omit<CallStep, 'gatewayId' | 'at'> {
  const positions = ports.map(({ position }) => position);
  const byName = ports.find(({ name }) => name !== null && name.toUpperCase() === draft.channel?.toUpperCase());
  if (byName !== undefined) return { ...draft, position: byName.position };
  if (channelBase === 'unknown') flow.seen = seeChannel(flow.seen, draft.channel, ports.length);
  const byChannel = portOfChannel(draft.channel, channelBase, flow.seen, positions);
  const found = 'position' in byChannel ? byChannel : portByNumber(draft.lineNumber, ports);
  if ('position' in found) return { ...draft, position: found.position };
  const reason = 'reason' in byChannel ? byChannel.reason : found.reason;
  return { ...draft, position: null, nulls: { ...draft.nulls, position: reason } };
}
