import type {
  ActionProgress,
  AgentHealth,
  Gap,
  GatewayEvent,
  Inventory,
  Report,
  UpMessage,
} from '@loopstart/contracts';
import type { Item, Sender } from '../item.ts';
import { misfit, touchesState } from './columns.ts';
import type { Rejection } from './decode.ts';
import { bindInventory, ourPosition, type StoredPort, type WirePositions } from './port-numbers.ts';
import { clockCorrection } from './event-time.ts';
import { Refusals } from './refusals.ts';
import { type SampleRow, sampleRow } from './samples.ts';
import { isUuid } from '../rows/uuid.ts';
import { blankCurrent, type LaidPort, WorkingGateway } from './working-gateway.ts';

const HOUR_MS = 3_600_000;

/** What the batch must know of a gateway; `working` only where its present may change in more than measurements. */
export interface GatewayContext {
  operatorId: string;
  siteId: string;
  /** The agent that speaks for it; null: none. */
  agentId: string | null;
  /** That agent cannot come back: it was revoked, or its certificate has expired. */
  holderGone: boolean;
  revision: number;
  portCount: number;
  /** Where the agent numbers ports otherwise than we: its number to ours. Null: it does not. */
  wirePositions: WirePositions | null;
  working: WorkingGateway | null;
}

type Reachability = Extract<UpMessage, { kind: 'reachability' }>['body'];
/** A row of gateway_event. */
export interface EventRow {
  [column: string]: unknown;
  id: string;
  gateway_id: string;
  operator_id: string;
}

export interface BatchLimits {
  /** Samples older than this are no longer kept. */
  sampleAgeMaxMs: number;
  /** The same for events and state changes. */
  historyAgeMaxMs: number;
  /** What one agent may hold. */
  gatewaysPerAgentMax: number;
  portsPerAgentMax: number;
}

/** What an agent holds. */
export interface Holding {
  gateways: number;
  ports: number;
}

interface Of<T> {
  item: Item;
  sender: Sender;
  body: T;
}

/**
 * What a batch of accepted messages amounts to: rows to write and things to tell afterwards. Filled message by
 * message, in order; no IO.
 */
export class BatchWork {
  readonly gateways: Map<string, GatewayContext>;
  readonly samples: SampleRow[] = [];
  /** Gateways whose only news are measurements, with the reports of this batch in order. */
  readonly measured = new Map<string, SampleRow[]>();
  readonly unchanged = new Map<string, { at: number; receivedAt: number }>();
  readonly events: EventRow[] = [];
  readonly inventories: (Of<Inventory> & { wirePositions: WirePositions | null })[] = [];
  readonly actions: Of<ActionProgress>[] = [];
  readonly gaps: Of<Gap>[] = [];
  readonly renewals: Of<{ csrPem: string }>[] = [];
  /** The last health of each agent. */
  readonly health = new Map<string, Of<AgentHealth>>();
  /** `operator/hour` of each sample, for the roll-ups. */
  readonly dueHours = new Map<string, { operatorId: string; bucket: number }>();
  readonly rejections: { item: Item; sender: Sender; rejection: Rejection }[] = [];
  reportCount = 0;
  lateCount = 0;
  clockCorrections = 0;

  /** Gateways the transaction does not see, that belong to another operator. */
  readonly #foreign: ReadonlySet<string>;
  readonly #ports: Map<string, readonly StoredPort[]>;
  readonly #limits: BatchLimits;
  /** By agent; grows as gateways are taken. */
  readonly #holdings: Map<string, Holding>;

  constructor(
    gateways: Map<string, GatewayContext>,
    foreign: ReadonlySet<string>,
    ports: Map<string, readonly StoredPort[]>,
    limits: BatchLimits,
    holdings: Map<string, Holding>,
  ) {
    this.gateways = gateways;
    this.#foreign = foreign;
    this.#ports = ports;
    this.#limits = limits;
    this.#holdings = holdings;
  }

  /** Gateways whose whole present has to be written. */
  get working(): WorkingGateway[] {
    return [...this.gateways.values()].flatMap(({ working }) => (working?.touched === true ? [working] : []));
  }

  siteOf(gatewayId: string): string | undefined {
    return this.gateways.get(gatewayId)?.siteId;
  }

  /** The ports of a gateway whose inventory came, in the order of its arrays. */
  portsOf(gatewayId: string): readonly number[] {
    return this.gateways.get(gatewayId)?.working?.positions ?? [];
  }

  reject(item: Item, sender: Sender, rejection: Rejection): void {
    this.rejections.push({ item, sender, rejection });
  }

  /** Applies a message. What of it cannot be believed is set aside, the rest counts. */
  apply(item: Item, sender: Sender): void {
    if (item.message === null) {
      this.reject(item, sender, item.rejection ?? { code: 'invalid', detail: 'not readable' });
      return;
    }
    const { message } = item;
    const refusals = new Refusals();
    switch (message.kind) {
      case 'reports':
        this.#reports(message.body.reports, item, sender, refusals);
        break;
      case 'unchanged':
        this.#unchanged(message.body, item, sender, refusals);
        break;
      case 'inventory':
        this.#inventory({ item, sender, body: message.body }, refusals);
        break;
      case 'reachability':
        this.#reachability(message.body, item, sender, refusals);
        break;
      case 'events':
        this.#events(message.body.events, item, sender, refusals);
        break;
      case 'health':
        this.health.set(sender.agentId, { item, sender, body: message.body });
        break;
      case 'gap':
        this.gaps.push({ item, sender, body: message.body });
        break;
      case 'action':
        this.actions.push({ item, sender, body: message.body });
        break;
      case 'renew':
        this.renewals.push({ item, sender, body: message.body });
        break;
    }
    const rejection = refusals.asRejection();
    if (rejection !== null) this.reject(item, sender, rejection);
  }

  #reports(reports: readonly Report[], item: Item, sender: Sender, refusals: Refusals): void {
    const correction = this.#correction(reports, item);
    this.reportCount += reports.length;
    for (const report of reports) {
      const gatewayId = report.gatewayId.toLowerCase();
      const gateway = this.#ownGateway(gatewayId, sender, refusals);
      if (gateway === null) continue;
      if (report.revision !== gateway.revision) {
        refusals.addLacking('unknown-revision', gatewayId, `has revision ${gateway.revision}, not ${report.revision}`);
        continue;
      }
      const wrong = misfit(report, gateway.portCount);
      if (wrong !== null) {
        refusals.add('wrong-length', `gateway ${gatewayId} has ${gateway.portCount} ports: ${wrong}`);
        continue;
      }
      this.#report(gateway, gatewayId, report, report.at - correction, item, sender, refusals);
    }
  }

  #report(
    gateway: GatewayContext,
    gatewayId: string,
    report: Report,
    atMs: number,
    item: Item,
    sender: Sender,
    refusals: Refusals,
  ): void {
    const { receivedAtMs } = item;
    const row = sampleRow(sender.operatorId, gatewayId, atMs, receivedAtMs, report);
    if (row !== null) {
      if (receivedAtMs - atMs > this.#limits.sampleAgeMaxMs)
        refusals.add('time-out-of-range', `gateway ${gatewayId}: measured at ${iso(report.at)}, no longer kept`);
      else this.#sample(row);
    }
    if (gateway.working !== null) {
      if (receivedAtMs - atMs > this.#limits.historyAgeMaxMs)
        refusals.add('time-out-of-range', `gateway ${gatewayId}: read at ${iso(report.at)}, no longer kept`);
      else if (!gateway.working.report(report, atMs, receivedAtMs)) this.lateCount += 1;
      return;
    }
    if (touchesState(report)) throw new Error(`the state of gateway ${gatewayId} was not loaded`);
    if (row === null) this.#note(gatewayId, atMs, receivedAtMs);
    else {
      const reports = this.measured.get(gatewayId);
      if (reports === undefined) this.measured.set(gatewayId, [row]);
      else reports.push(row);
    }
  }

  #sample(row: SampleRow): void {
    this.samples.push(row);
    const bucket = Math.floor(row.taken_at / HOUR_MS) * HOUR_MS;
    const key = `${row.operator_id}/${bucket}`;
    if (!this.dueHours.has(key)) this.dueHours.set(key, { operatorId: row.operator_id, bucket });
  }

  #unchanged(body: { at: number; gatewayIds: string[] }, item: Item, sender: Sender, refusals: Refusals): void {
    const atMs = body.at - this.#correction([body], item);
    for (const id of body.gatewayIds) {
      const gatewayId = id.toLowerCase();
      const gateway = this.#ownGateway(gatewayId, sender, refusals);
      if (gateway === null) continue;
      if (gateway.working === null) this.#note(gatewayId, atMs, item.receivedAtMs);
      else gateway.working.unchanged(atMs, item.receivedAtMs);
    }
  }

  #note(gatewayId: string, at: number, receivedAt: number): void {
    const noted = this.unchanged.get(gatewayId);
    if (noted === undefined || noted.at <= at) this.unchanged.set(gatewayId, { at, receivedAt });
  }

  #inventory({ item, sender, body: reported }: Of<Inventory>, refusals: Refusals): void {
    const gatewayId = reported.gatewayId.toLowerCase();
    const positions = new Set(reported.ports.map((port) => port.position));
    if (positions.size !== reported.ports.length) {
      refusals.add('invalid', `gateway ${gatewayId}: two ports have the same position`);
      return;
    }
    const known = this.gateways.get(gatewayId);
    if (known !== undefined || this.#foreign.has(gatewayId) || !isUuid(gatewayId)) {
      if (this.#siteGateway(gatewayId, sender, refusals) === null) return;
      if (known !== undefined && !this.#mayHold(gatewayId, known, sender, refusals)) return;
    }
    if (!this.#hasRoom(gatewayId, known, reported.ports.length, sender, refusals)) return;
    const { inventory, stored, wirePositions } = bindInventory(reported, this.#ports.get(gatewayId) ?? []);
    this.#ports.set(gatewayId, stored);
    const devices = new Map(stored.map((port) => [port.position, port]));
    const ports: LaidPort[] = inventory.ports.map(({ position }) => ({
      position,
      device: devices.get(position)?.device ?? 'unknown',
      registered: devices.get(position)?.registered ?? false,
    }));
    const working = known?.working ?? new WorkingGateway(blankCurrent(gatewayId, sender.operatorId), sender.siteId, []);
    working.layOut(reported.revision, ports, reported.portList === 'confirmed');
    this.gateways.set(gatewayId, {
      operatorId: sender.operatorId,
      siteId: sender.siteId,
      agentId: sender.agentId,
      holderGone: false,
      revision: reported.revision,
      portCount: ports.length,
      wirePositions,
      working,
    });
    this.inventories.push({ item, sender, body: inventory, wirePositions });
  }

  #reachability(body: Reachability, item: Item, sender: Sender, refusals: Refusals): void {
    const gateway = this.#ownGateway(body.gatewayId.toLowerCase(), sender, refusals);
    gateway?.working?.reach(body.reachable, body, body.at - this.#correction([body], item));
  }

  #events(events: readonly GatewayEvent[], item: Item, sender: Sender, refusals: Refusals): void {
    const correction = this.#correction(events, item);
    for (const event of events) {
      const gatewayId = event.gatewayId.toLowerCase();
      const gateway = this.#ownGateway(gatewayId, sender, refusals);
      if (gateway === null) continue;
      const at = event.at - correction;
      if (item.receivedAtMs - at > this.#limits.historyAgeMaxMs) {
        refusals.add('time-out-of-range', `event ${event.id} of ${iso(event.at)} is no longer kept`);
        continue;
      }
      const position = ourPosition(gateway.wirePositions, event.position);
      gateway.working?.hear({ ...event, position, at }, item.receivedAtMs);
      this.events.push({
        id: event.id,
        operator_id: sender.operatorId,
        site_id: sender.siteId,
        gateway_id: gatewayId,
        at,
        received_at: item.receivedAtMs,
        kind: event.kind,
        severity: event.severity,
        position,
        text: event.text,
        alarm_key: event.alarmKey,
        source: event.source,
        detail:
          correction === 0
            ? event.detail
            : {
                ...event.detail,
                'agent clock': `${Math.round(correction / 1000)} s ahead; the time is when it arrived`,
              },
      });
    }
  }

  /** The gateway where the sender holds it; otherwise null, and the reason is noted. */
  #ownGateway(gatewayId: string, sender: Sender, refusals: Refusals): GatewayContext | null {
    const gateway = this.#siteGateway(gatewayId, sender, refusals);
    if (gateway === null || gateway.agentId === sender.agentId) return gateway;
    if (this.#mayHold(gatewayId, gateway, sender, refusals))
      refusals.addLacking('not-holder', gatewayId, 'has no inventory by this agent, which takes it over');
    return null;
  }

  /** The gateway where it belongs to the sender's site; otherwise null, and the reason is noted. */
  #siteGateway(gatewayId: string, sender: Sender, refusals: Refusals): GatewayContext | null {
    const gateway = this.gateways.get(gatewayId);
    if (gateway === undefined) {
      if (!isUuid(gatewayId)) refusals.add('invalid', 'a gateway id is no UUID');
      else if (this.#foreign.has(gatewayId))
        refusals.add('wrong-tenant', `gateway ${gatewayId} is not of this operator`);
      else refusals.addLacking('unknown-gateway', gatewayId, 'has sent no inventory');
      return null;
    }
    if (gateway.operatorId !== sender.operatorId)
      refusals.add('wrong-tenant', `gateway ${gatewayId} is not of this operator`);
    else if (gateway.siteId !== sender.siteId) refusals.add('wrong-site', `gateway ${gatewayId} is at another site`);
    else return gateway;
    return null;
  }

  /** A gateway goes to another agent of its site when an operator hands it over, or when its holder cannot come back. */
  #mayHold(gatewayId: string, { agentId, holderGone }: GatewayContext, sender: Sender, refusals: Refusals): boolean {
    if (agentId === null || agentId === sender.agentId || holderGone) return true;
    // Its inventory is asked for now and then, so that a hand-over is followed by one.
    refusals.addLacking('not-holder', gatewayId, `is held by agent ${agentId}; an operator can hand it over`);
    return false;
  }

  /** Whether the sender may hold this gateway with so many ports beside the others; what it has already always fits. */
  #hasRoom(
    gatewayId: string,
    known: GatewayContext | undefined,
    ports: number,
    { agentId }: Sender,
    refusals: Refusals,
  ): boolean {
    const { gatewaysPerAgentMax, portsPerAgentMax } = this.#limits;
    const held = this.#holdings.get(agentId) ?? { gateways: 0, ports: 0 };
    const before = known?.agentId === agentId ? { gateways: 1, ports: known.portCount } : { gateways: 0, ports: 0 };
    const after = { gateways: held.gateways - before.gateways + 1, ports: held.ports - before.ports + ports };
    if (after.gateways > held.gateways && after.gateways > gatewaysPerAgentMax)
      refusals.add(
        'too-many-gateways',
        `gateway ${gatewayId}: one agent holds at most ${gatewaysPerAgentMax} gateways`,
      );
    else if (after.ports > held.ports && after.ports > portsPerAgentMax)
      refusals.add('too-many-ports', `gateway ${gatewayId}: one agent holds at most ${portsPerAgentMax} ports`);
    else {
      this.#holdings.set(agentId, after);
      return true;
    }
    return false;
  }

  #correction(timed: readonly { at: number }[], item: Item): number {
    const newest = timed.reduce((so, { at }) => Math.max(so, at), 0);
    const correction = clockCorrection(newest, item.receivedAtMs);
    if (correction > 0) this.clockCorrections += 1;
    return correction;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
