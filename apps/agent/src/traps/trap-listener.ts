import { randomUUID } from 'node:crypto';
import type { GatewayEvent } from '@loopstart/contracts';
import { interpretNotification } from '@loopstart/drivers';
import { NotificationReceiver, type Notification, type Peer } from '@loopstart/snmp';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { fullBucket, takeToken, type Bucket, type BucketSize } from '../core/token-bucket.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Collector } from '../polling/collector.ts';
import type { GatewaySession } from '../session/gateway-session.ts';
import { listenersOf } from '../transport/snmp/access.ts';
import { chooseSender } from './sender.ts';

/** Maximum number of stored events of one gateway: in bursts, and permanently. */
const EVENTS: BucketSize = { capacity: 60, refillMs: 1_000 };

export interface TrapListenerOptions {
  fleet: Fleet;
  collector: Collector;
  clock: Clock;
  log: Logger;
  /** Whether reported events are on disk now; an inform is acknowledged only then. */
  flush: () => Promise<boolean>;
  /** Addresses of relays that may name the gateway they forward for. */
  relays: readonly string[];
  engineId: Uint8Array;
  engineBoots: number;
}

interface Flow {
  bucket: Bucket;
  left: number;
}

/** Receives traps and informs, finds the gateway that sent each, and reports its meaning. */
export class TrapListener {
  readonly #options: TrapListenerOptions;
  readonly #refused: Record<string, number> = {};
  readonly #flows = new Map<string, Flow>();
  /** SNMPv3 engine to session, learned where the address alone identified the sender. */
  readonly #engines = new Map<string, GatewaySession>();
  #receiver: NotificationReceiver | null = null;
  #port: number | null = null;
  #accepted = 0;

  constructor(options: TrapListenerOptions) {
    this.#options = options;
  }

  /** Notifications that were refused, by reason. */
  get refused(): Readonly<Record<string, number>> {
    return this.#refused;
  }

  get accepted(): number {
    return this.#accepted;
  }

  /** The port listened on; null while there is none. */
  get port(): number | null {
    return this.#port;
  }

  /** Listens on a port, leaving the former one; 0: any. Rejects with SnmpError where it is not available. */
  async listen(port: number, address?: string): Promise<void> {
    await this.close();
    const { fleet, engineId, engineBoots, log } = this.#options;
    const listeners = () => listenersOf(fleet.targets().map((target) => target.access));
    const receiver = new NotificationReceiver({
      engineId,
      engineBoots,
      communities: () => listeners().communities,
      users: () => listeners().users,
      onNotification: (notification) => this.#receive(notification),
      onRefused: (reason, from) => this.#refuse(reason, from),
    });
    const bound = await receiver.listen(port, address);
    this.#receiver = receiver;
    this.#port = bound.port;
    log.info({ port: bound.port }, 'listening for notifications');
  }

  async close(): Promise<void> {
    await this.#receiver?.close();
    this.#receiver = null;
    this.#port = null;
  }

  async #receive(notification: Notification): Promise<void> {
    const { fleet, collector, flush, relays } = this.#options;
    const chosen = chooseSender(notification, fleet, this.#engines, relays);
    if (typeof chosen === 'string') return this.#refuse(chosen, notification.from);
    if (notification.engineId !== undefined) this.#engines.set(notification.engineId, chosen);
    this.#accepted += 1;
    const { known, gatewayId } = chosen;
    if (known === null || gatewayId === null) {
      // The gateway answers: a reading that was waiting for its return need not wait.
      chosen.pollSoon();
      return this.#refuse('not-recognised-yet', notification.from);
    }
    const reading = interpretNotification(known.driver.notifications, notification, known.inventory.ports);
    const at = this.#options.clock.now();
    const source = notification.inform ? 'inform' : 'trap';
    const events = reading.events.map((draft): GatewayEvent => ({ ...draft, id: randomUUID(), gatewayId, at, source }));
    collector.events(this.#withinBounds(gatewayId, events, notification.from));
    chosen.takeNotification(reading);
    if (notification.inform && !(await flush())) throw new Error('it could not be recorded; the sender will repeat it');
  }

  /** Drops events beyond the limit of a gateway, and reports their number afterwards. */
  #withinBounds(gatewayId: string, events: GatewayEvent[], from: Peer): GatewayEvent[] {
    const nowMs = this.#options.clock.monotonicMs();
    const flow = this.#flows.get(gatewayId) ?? { bucket: fullBucket(EVENTS, nowMs), left: 0 };
    this.#flows.set(gatewayId, flow);
    const kept: GatewayEvent[] = [];
    for (const event of events) {
      const token = takeToken(flow.bucket, EVENTS, nowMs);
      flow.bucket = token.bucket;
      if (!token.taken) {
        flow.left += 1;
        this.#refuse('too-many', from);
        continue;
      }
      if (flow.left > 0) kept.push(leftOut(event, flow.left));
      flow.left = 0;
      kept.push(event);
    }
    return kept;
  }

  #refuse(reason: string, from: Peer): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + 1;
    this.#options.log.debug({ reason, from: from.address }, 'refused a notification');
  }
}

function leftOut(next: GatewayEvent, count: number): GatewayEvent {
  return {
    ...next,
    id: randomUUID(),
    kind: 'other',
    severity: 'warning',
    position: null,
    text: `${count} notifications before this were not recorded: more than is kept of one gateway.`,
    alarmKey: null,
    detail: {},
  };
}
