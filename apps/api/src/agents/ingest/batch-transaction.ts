import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperators } from '../../core/db/scope.ts';
import { CALLS_LATE_MAX_MS, retentionMs } from '../../telemetry/rollup/index.ts';
import { type Admitted, admitAll } from './decide/admission.ts';
import { BatchNeeds } from './decide/batch-needs.ts';
import { type BatchLimits, BatchWork } from './decide/batch-work.ts';
import { liveMeasures } from './decide/live-measures.ts';
import type { AgentOutcome, BatchOutcome } from './decide/outcome.ts';
import type { Item, Sender } from './item.ts';
import { MessageKinds } from './kinds/message-kinds.ts';
import { AgentRepository } from './store/agent.repository.ts';
import { CertificateUseRepository } from './store/certificate-use.repository.ts';
import { CursorRepository } from './store/cursor.repository.ts';
import { GatewayContextRepository } from './store/gateway-context.repository.ts';
import { Layouts } from './store/layouts.ts';
import { MergedGatewayRepository, type MergesBySite } from './store/merged-gateway.repository.ts';
import { QuarantineRepository } from './store/quarantine.repository.ts';
import { TelemetryRepository } from './store/telemetry.repository.ts';

/** Minimum interval between updates of the time of an agent's last message. */
const SEEN_EVERY_MS = 5_000;
const HOUR_MS = 3_600_000;
/** With more gateways than this in a batch, states alone are published; browsers fetch the measurements. */
const LIVE_MEASURES_MAX = 100;
const REMEMBERED_MAX = 50_000;

/** One transaction for a batch of messages, in which each counts exactly once. */
@Injectable()
export class BatchTransaction {
  readonly #limits: BatchLimits;
  readonly #seen = new Map<string, number>();
  readonly #dueNoted = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly kinds: MessageKinds,
    private readonly cursors: CursorRepository,
    private readonly contexts: GatewayContextRepository,
    private readonly telemetry: TelemetryRepository,
    private readonly agents: AgentRepository,
    private readonly certificates: CertificateUseRepository,
    private readonly quarantine: QuarantineRepository,
    private readonly layouts: Layouts,
    private readonly merged: MergedGatewayRepository,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    const retention = retentionMs(config);
    this.#limits = {
      sampleAgeMaxMs: retention['gateway_sample'] ?? 0,
      historyAgeMaxMs: Math.min(retention['gateway_event'] ?? 0, retention['port_state_change'] ?? 0),
      callAgeMaxMs: Math.min(retention['call_record'] ?? 0, CALLS_LATE_MAX_MS),
      gatewaysPerAgentMax: config.AGENT_GATEWAYS_MAX,
      portsPerAgentMax: config.AGENT_PORTS_MAX,
    };
  }

  /** Commits messages of known senders. Nothing is committed when it throws. */
  async run(items: readonly Item[], senders: ReadonlyMap<string, Sender>): Promise<BatchOutcome> {
    const byAgent = Map.groupBy(items, (item) => item.agentId);
    const operatorIds = [...new Set([...senders.values()].map((sender) => sender.operatorId))];
    const { outcome, seen, due, gateways } = await this.db.tx(wholeOperators(operatorIds), (sql) =>
      this.#inside(sql, byAgent, senders),
    );
    this.#remember(seen, due);
    this.contexts.remember(gateways, this.now());
    return outcome;
  }

  async #inside(sql: Sql, byAgent: ReadonlyMap<string, Item[]>, senders: ReadonlyMap<string, Sender>) {
    const cursors = await this.cursors.lock(sql, [...byAgent.keys()]);
    const admitted = new Map<string, Admitted<Item>>();
    for (const [agentId, messages] of byAgent) {
      const cursor = cursors.get(agentId);
      if (cursor !== undefined) admitted.set(agentId, admitAll(cursor, messages));
    }
    const merges = await this.merged.merges(sql, senders.values());
    const counted = new Map<string, Item[]>();
    for (const [agentId, { accepted }] of admitted) {
      const sender = senders.get(agentId)!;
      const known = merges.get(sender.siteId);
      counted.set(
        agentId,
        known === undefined ? accepted : await this.merged.underPresentIds(sql, sender, known, accepted),
      );
    }
    const batch = await this.#load(sql, [...counted.values()].flat(), merges);
    for (const [agentId, { unsequenced }] of admitted) {
      const sender = senders.get(agentId)!;
      for (const item of unsequenced) this.kinds.apply(item, sender, batch);
      for (const item of counted.get(agentId) ?? []) this.kinds.apply(item, sender, batch);
    }
    await this.kinds.writeFirst(sql, batch);
    const due = this.#withoutNoted(batch);
    await this.telemetry.write(sql, batch);
    await this.#publish(sql, batch);
    await this.kinds.write(sql, batch);
    await this.quarantine.write(sql, batch.rejections);
    const seen = this.#seenNow(admitted.keys());
    await this.agents.write(sql, batch, seen);
    await this.certificates.write(sql, batch, this.now());
    const moved = [...admitted].filter(([, { accepted }]) => accepted.length > 0);
    await this.cursors.move(sql, new Map(moved.map(([agentId, { cursor }]) => [agentId, cursor])));
    return { outcome: toOutcome(admitted, byAgent, senders, batch), seen, due, gateways: batch.gateways };
  }

  /** Loads the data that the messages need. */
  async #load(sql: Sql, accepted: readonly Item[], merges: MergesBySite): Promise<BatchWork> {
    const needs = new BatchNeeds();
    for (const item of accepted) this.kinds.needs(item, needs);
    const { gateways, ports } = await this.contexts.load(sql, needs, this.now());
    const missing = [...needs.ids].filter((id) => !gateways.has(id));
    const foreign = await this.contexts.existing(sql, missing);
    const holdings = await this.contexts.holdings(sql, [...needs.holders]);
    return new BatchWork(gateways, foreign, ports, this.#limits, holdings, merges);
  }

  /** Publishes changes of gateways and agents. */
  async #publish(sql: Sql, batch: BatchWork): Promise<void> {
    for (const gateway of batch.working) if (gateway.isNews) batch.publish(gateway.row.operator_id, gateway.live());
    for (const { sender } of batch.agentChanges.values())
      batch.publish(sender.operatorId, { type: 'agent', agentId: sender.agentId, siteId: sender.siteId });
    if (batch.measured.size > LIVE_MEASURES_MAX) return;
    const rows = [...batch.measured.values()].map((reports) => reports.at(-1)!);
    const wanted = rows.map((row) => ({ gatewayId: row.gateway_id, revision: row.revision }));
    const positions = await this.layouts.positions(sql, wanted);
    for (const row of rows) {
      const event = liveMeasures(row, batch.siteOf(row.gateway_id)!, positions.get(row.gateway_id) ?? []);
      batch.publish(row.operator_id, event);
    }
  }

  /** The current hour is marked once: it is rolled up when it is over. */
  #withoutNoted(batch: BatchWork): string[] {
    const present = Math.floor(this.now() / HOUR_MS) * HOUR_MS;
    const due: string[] = [];
    for (const [key, { bucket }] of batch.dueHours) {
      if (bucket !== present) continue;
      if (this.#dueNoted.has(key)) batch.dueHours.delete(key);
      else due.push(key);
    }
    return due;
  }

  #seenNow(agentIds: Iterable<string>): Map<string, number> {
    const nowMs = this.now();
    return new Map(
      [...agentIds].filter((id) => nowMs - (this.#seen.get(id) ?? 0) >= SEEN_EVERY_MS).map((id) => [id, nowMs]),
    );
  }

  #remember(seen: ReadonlyMap<string, number>, due: readonly string[]): void {
    if (this.#seen.size > REMEMBERED_MAX) this.#seen.clear();
    for (const [agentId, at] of seen) this.#seen.set(agentId, at);
    if (due.length === 0) return;
    const hour = due[0]!.split('/')[1];
    for (const key of this.#dueNoted) if (!key.endsWith(`/${hour}`)) this.#dueNoted.delete(key);
    for (const key of due) this.#dueNoted.add(key);
  }
}

function toOutcome(
  admitted: ReadonlyMap<string, Admitted<Item>>,
  byAgent: ReadonlyMap<string, Item[]>,
  senders: ReadonlyMap<string, Sender>,
  batch: BatchWork,
): BatchOutcome {
  const all = [...admitted.values()];
  const rejectedBy = Map.groupBy(batch.rejections, ({ sender }) => sender.agentId);
  const agents = [...admitted].map(([agentId, { cursor, early }]): AgentOutcome => {
    const rejected = (rejectedBy.get(agentId) ?? []).flatMap(({ item, rejection }) =>
      item.position === null ? [] : [{ position: item.position, rejection }],
    );
    return { sender: senders.get(agentId)!, committed: cursor, rejected, early };
  });
  return {
    agents,
    accepted: all.flatMap(({ accepted }) => accepted),
    duplicates: all.flatMap(({ duplicates }) => duplicates),
    unsequenced: all.flatMap(({ unsequenced }) => unsequenced),
    unknownSenders: [...byAgent].flatMap(([agentId, items]) => (admitted.has(agentId) ? [] : items)),
    rejections: batch.rejections,
    replies: batch.replies,
    published: batch.published,
    reports: batch.reportCount,
    late: batch.lateCount,
    clockCorrections: batch.clockCorrections,
  };
}
