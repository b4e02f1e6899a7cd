import type { AgentHealth, DownMessage, LiveEvent } from '@loopstart/contracts';
import type { Merges } from '@loopstart/domain';
import type { Item, Sender } from '../item.ts';
import type { Rejection } from './decode.ts';
import { clockCorrection } from './event-time.ts';
import { GatewayAccess, type GatewayContext, type Holding, type HoldingLimits } from './gateway-access.ts';
import type { StoredPort } from './port-numbers.ts';
import type { SampleRow } from './samples.ts';
import type { WorkingGateway } from './working-gateway.ts';

const HOUR_MS = 3_600_000;

export interface BatchLimits extends HoldingLimits {
  /** Samples older than this are no longer stored. */
  sampleAgeMaxMs: number;
  /** The same for events and state changes. */
  historyAgeMaxMs: number;
  /** The same for calls. */
  callAgeMaxMs: number;
}

/** Changes of a batch to an agent's row, except its cursor. */
export interface AgentChange {
  /** Messages that the agent dropped, and when it reported that, ms. */
  lost: number;
  lostAt: number | null;
  health: AgentHealth | null;
  /** How far its clock is ahead, ms; null: not known. */
  clockAheadMs: number | null;
}

/** An event for the browsers of one operator. */
export interface Published {
  operatorId: string;
  event: LiveEvent;
}

/**
 * The result of a batch of accepted messages. Filled by the kinds of the messages, in order: results that several kinds
 * share are here, those of one kind in its rows. No IO.
 */
export class BatchWork {
  readonly gateways: Map<string, GatewayContext>;
  readonly access: GatewayAccess;
  /** Every port, removed ones too, of gateways whose ports were loaded. */
  readonly ports: Map<string, readonly StoredPort[]>;
  readonly limits: BatchLimits;
  readonly samples: SampleRow[] = [];
  /** Gateways with new measurements only, with the reports of this batch in order. */
  readonly measured = new Map<string, SampleRow[]>();
  readonly unchanged = new Map<string, { at: number; receivedAt: number }>();
  /** `operator/hour` of each sample, for the roll-ups. */
  readonly dueHours = new Map<string, { operatorId: string; bucket: number }>();
  readonly rejections: { item: Item; sender: Sender; rejection: Rejection }[] = [];
  /** To be published after the commit. */
  readonly published: Published[] = [];
  /** To be sent to agents after the commit. */
  readonly replies: { agentId: string; message: DownMessage }[] = [];
  readonly agentChanges = new Map<string, { sender: Sender; change: AgentChange }>();
  reportCount = 0;
  lateCount = 0;
  clockCorrections = 0;
  readonly #rows = new Map<string, unknown>();
  /** By site. */
  readonly #merges: ReadonlyMap<string, Merges>;

  constructor(
    gateways: Map<string, GatewayContext>,
    foreign: ReadonlySet<string>,
    ports: Map<string, readonly StoredPort[]>,
    limits: BatchLimits,
    holdings: Map<string, Holding>,
    merges: ReadonlyMap<string, Merges>,
  ) {
    this.gateways = gateways;
    this.ports = ports;
    this.limits = limits;
    this.#merges = merges;
    this.access = new GatewayAccess(gateways, foreign, limits, holdings);
  }

  /** Gateways whose whole present must be written. */
  get working(): WorkingGateway[] {
    return [...this.gateways.values()].flatMap(({ working }) => (working?.touched === true ? [working] : []));
  }

  /** Merges of gateways at the site of a sender. */
  mergesAt({ siteId }: Sender): Merges {
    return this.#merges.get(siteId) ?? new Map();
  }

  siteOf(gatewayId: string): string | undefined {
    return this.gateways.get(gatewayId)?.siteId;
  }

  /** The ports of a gateway in this batch's inventory, in the order of its arrays. */
  portsOf(gatewayId: string): readonly number[] {
    return this.gateways.get(gatewayId)?.working?.positions ?? [];
  }

  /** The rows of one kind; made by `open` for the first message of the kind. */
  rowsOf<R>(kind: string, open: () => R): R {
    if (!this.#rows.has(kind)) this.#rows.set(kind, open());
    return this.#rows.get(kind) as R;
  }

  /** Whether a message of the kind was applied that has rows. */
  has(kind: string): boolean {
    return this.#rows.has(kind);
  }

  reject(item: Item, sender: Sender, rejection: Rejection): void {
    this.rejections.push({ item, sender, rejection });
  }

  publish(operatorId: string, event: LiveEvent): void {
    this.published.push({ operatorId, event });
  }

  /** A change of the sender's own row; browsers are notified of it. */
  changeOf(sender: Sender): AgentChange {
    const known = this.agentChanges.get(sender.agentId);
    if (known !== undefined) return known.change;
    const change: AgentChange = { lost: 0, lostAt: null, health: null, clockAheadMs: null };
    this.agentChanges.set(sender.agentId, { sender, change });
    return change;
  }

  addSample(row: SampleRow): void {
    this.samples.push(row);
    const bucket = Math.floor(row.taken_at / HOUR_MS) * HOUR_MS;
    const key = `${row.operator_id}/${bucket}`;
    if (!this.dueHours.has(key)) this.dueHours.set(key, { operatorId: row.operator_id, bucket });
  }

  /** An unchanged poll of a gateway whose present was not loaded. */
  noteUnchanged(gatewayId: string, at: number, receivedAt: number): void {
    const noted = this.unchanged.get(gatewayId);
    if (noted === undefined || noted.at <= at) this.unchanged.set(gatewayId, { at, receivedAt });
  }

  /** How much to subtract from the times of a message, ms: see `clockCorrection`. */
  correctionOf(timed: readonly { at: number }[], item: Item): number {
    const newest = timed.reduce((so, { at }) => Math.max(so, at), 0);
    const correction = clockCorrection(newest, item.receivedAtMs);
    if (correction > 0) this.clockCorrections += 1;
    return correction;
  }
}
