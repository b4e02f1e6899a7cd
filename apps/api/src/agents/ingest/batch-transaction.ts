import { Inject, Injectable } from '@nestjs/common';
import type { LiveEvent, Report } from '@loopstart/contracts';
import { ALARM_EVENT_KINDS } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperators } from '../../core/db/scope.ts';
import { CsrError, PkiService } from '../pki/index.ts';
import { retentionMs } from '../../telemetry/rollup/index.ts';
import { type Admitted, admitAll } from './decide/admission.ts';
import { type BatchLimits, BatchWork } from './decide/batch-work.ts';
import { type StateCells, statesDiffer } from './decide/changes.ts';
import { touchesState } from './decide/columns.ts';
import { liveMeasures } from './decide/live-measures.ts';
import type { AgentOutcome, BatchOutcome } from './decide/outcome.ts';
import type { CurrentRow } from './decide/working-gateway.ts';
import { gatewayIdsOf, type Item, type Sender } from './item.ts';
import { AgentEffectsRepository } from './store/agent-effects.repository.ts';
import { InventoryRepository } from './store/inventory.repository.ts';
import { Layouts } from './store/layouts.ts';
import { TelemetryRepository } from './store/telemetry.repository.ts';

/** How often at most an agent's last sign of life is written. */
const SEEN_EVERY_MS = 5_000;
const HOUR_MS = 3_600_000;
/** With more gateways than this in a batch, browsers are told of states alone; measurements they fetch. */
const LIVE_MEASURES_MAX = 100;
const REMEMBERED_MAX = 50_000;

type Live = { operatorId: string; event: LiveEvent };

/** One transaction for a batch of messages, in which each counts exactly once. */
@Injectable()
export class BatchTransaction {
  readonly #limits: BatchLimits;
  readonly #seen = new Map<string, number>();
  readonly #dueNoted = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly telemetry: TelemetryRepository,
    private readonly inventories: InventoryRepository,
    private readonly effects: AgentEffectsRepository,
    private readonly layouts: Layouts,
    private readonly pki: PkiService,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    const retention = retentionMs(config);
    this.#limits = {
      sampleAgeMaxMs: retention['gateway_sample'] ?? 0,
      historyAgeMaxMs: Math.min(retention['gateway_event'] ?? 0, retention['port_state_change'] ?? 0),
      gatewaysPerAgentMax: config.AGENT_GATEWAYS_MAX,
      portsPerAgentMax: config.AGENT_PORTS_MAX,
    };
  }

  /** Commits messages of known senders. Nothing has happened when it throws. */
  async run(items: readonly Item[], senders: ReadonlyMap<string, Sender>): Promise<BatchOutcome> {
    const byAgent = Map.groupBy(items, (item) => item.agentId);
    const operatorIds = [...new Set([...senders.values()].map((sender) => sender.operatorId))];
    const { outcome, seen, due, gateways } = await this.db.tx(wholeOperators(operatorIds), (sql) =>
      this.#inside(sql, byAgent, senders),
    );
    this.#remember(seen, due);
    this.telemetry.remember(gateways, this.now());
    return outcome;
  }

  async #inside(sql: Sql, byAgent: ReadonlyMap<string, Item[]>, senders: ReadonlyMap<string, Sender>) {
    const cursors = await this.telemetry.lockCursors(sql, [...byAgent.keys()]);
    const admitted = new Map<string, Admitted<Item>>();
    for (const [agentId, messages] of byAgent) {
      const cursor = cursors.get(agentId);
      if (cursor !== undefined) admitted.set(agentId, admitAll(cursor, messages));
    }
    const accepted = [...admitted.values()].flatMap((one) => one.accepted);
    const work = await this.#prepare(sql, accepted);
    for (const [agentId, { accepted, placeless }] of admitted) {
      const sender = senders.get(agentId)!;
      for (const item of placeless) work.apply(item, sender);
      for (const item of accepted) work.apply(item, sender);
    }
    const certificates = await this.#renew(sql, work);
    await this.inventories.write(sql, work.inventories, (id) => work.portsOf(id));
    const due = this.#withoutNoted(work);
    await this.telemetry.write(sql, work);
    const events = await this.effects.writeEvents(sql, work);
    const actions = await this.#actions(sql, work);
    await this.effects.writeRejected(sql, work.rejections);
    const seen = this.#seenNow(admitted.keys());
    await this.effects.touchAgents(sql, work, seen);
    const moved = [...admitted].filter(([, { accepted }]) => accepted.length > 0);
    await this.telemetry.moveCursors(sql, new Map(moved.map(([agentId, { cursor }]) => [agentId, cursor])));
    const live = [
      ...(await this.#live(sql, work)),
      ...events.map(({ operatorId, event }): Live => ({ operatorId, event: { type: 'event', event } })),
      ...actions,
    ];
    return {
      outcome: toOutcome(admitted, byAgent, senders, work, certificates, live),
      seen,
      due,
      gateways: work.gateways,
    };
  }

  /** Loads what the messages speak of. */
  async #prepare(sql: Sql, accepted: readonly Item[]): Promise<BatchWork> {
    const ids = new Set<string>();
    const revisions = new Map<string, number>();
    const withState = new Set<string>();
    const announced = new Set<string>();
    const numbered = new Set<string>();
    const told = new Map<string, Report[]>();
    const speakers = new Map<string, string>();
    const announcers = new Set<string>();
    for (const item of accepted) {
      const { message } = item;
      const named = gatewayIdsOf(item);
      for (const id of named) {
        ids.add(id);
        speakers.set(id, item.agentId.toLowerCase());
      }
      if (message?.kind === 'inventory') {
        announced.add(named[0]!);
        announcers.add(item.agentId);
      }
      if (message?.kind === 'inventory' || message?.kind === 'reachability') withState.add(named[0]!);
      if (message?.kind === 'events')
        message.body.events.forEach(({ kind }, index) => {
          if (!ALARM_EVENT_KINDS.includes(kind)) return;
          withState.add(named[index]!);
          announced.add(named[index]!);
        });
      if (message?.kind === 'events') for (const id of named) numbered.add(id);
      if (message?.kind !== 'reports') continue;
      message.body.reports.forEach((report, index) => {
        const id = named[index]!;
        revisions.set(id, report.revision);
        if (!touchesState(report)) return;
        withState.add(id);
        const reports = told.get(id);
        if (reports === undefined) told.set(id, [report]);
        else reports.push(report);
      });
    }
    const needsPorts = (row: CurrentRow) =>
      announced.has(row.gateway_id) ||
      (told.get(row.gateway_id) ?? []).some(({ state }) => statesDiffer(row as StateCells, state ?? {}));
    const question = { ids, revisions, speakers, withState, numbered, needsPorts };
    const { gateways, ports } = await this.telemetry.load(sql, question, this.now());
    const missing = [...ids].filter((id) => !gateways.has(id));
    const foreign = await this.telemetry.existing(sql, missing);
    const holdings = await this.telemetry.holdings(sql, [...announcers]);
    return new BatchWork(gateways, foreign, ports, this.#limits, holdings);
  }

  async #renew(sql: Sql, work: BatchWork): Promise<BatchOutcome['certificates']> {
    const certificates: BatchOutcome['certificates'] = [];
    for (const { item, sender, body } of work.renewals) {
      try {
        const issued = await this.pki.issueForAgent(sql, sender, body.csrPem);
        await sql.query('update agent set certificate_expires_at = $2 where id = $1', [
          sender.agentId,
          issued.notAfter,
        ]);
        certificates.push({ agentId: sender.agentId, certificatePem: issued.certificatePem });
      } catch (error) {
        if (!(error instanceof CsrError)) throw error;
        work.reject(item, sender, { code: 'bad-csr', detail: error.message });
      }
    }
    return certificates;
  }

  async #actions(sql: Sql, work: BatchWork): Promise<Live[]> {
    const live: Live[] = [];
    for (const action of work.actions) {
      const moved = await this.effects.progress(sql, action);
      if (moved === 'unknown') {
        const detail = `action ${action.body.actionId} was never asked of this agent`;
        work.reject(action.item, action.sender, { code: 'unknown-action', detail });
      } else if (moved !== null)
        live.push({ operatorId: action.sender.operatorId, event: { type: 'action', action: moved } });
    }
    return live;
  }

  async #live(sql: Sql, work: BatchWork): Promise<Live[]> {
    const live: Live[] = work.inventories.map(({ sender, body }) => ({
      operatorId: sender.operatorId,
      event: { type: 'inventory', gatewayId: body.gatewayId.toLowerCase(), siteId: sender.siteId },
    }));
    for (const gateway of work.working)
      if (gateway.isNews) live.push({ operatorId: gateway.row.operator_id, event: gateway.live() });
    const told = new Map([...work.health.values(), ...work.gaps].map(({ sender }) => [sender.agentId, sender]));
    for (const { agentId, operatorId, siteId } of told.values())
      live.push({ operatorId, event: { type: 'agent', agentId, siteId } });
    if (work.measured.size > LIVE_MEASURES_MAX) return live;
    const rows = [...work.measured.values()].map((reports) => reports.at(-1)!);
    const wanted = rows.map((row) => ({ gatewayId: row.gateway_id, revision: row.revision }));
    const positions = await this.layouts.positions(sql, wanted);
    for (const row of rows) {
      const event = liveMeasures(row, work.siteOf(row.gateway_id)!, positions.get(row.gateway_id) ?? []);
      live.push({ operatorId: row.operator_id, event });
    }
    return live;
  }

  /** The present hour needs to be noted once: it is rolled up when it is over. */
  #withoutNoted(work: BatchWork): string[] {
    const present = Math.floor(this.now() / HOUR_MS) * HOUR_MS;
    const due: string[] = [];
    for (const [key, { bucket }] of work.dueHours) {
      if (bucket !== present) continue;
      if (this.#dueNoted.has(key)) work.dueHours.delete(key);
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
  work: BatchWork,
  certificates: BatchOutcome['certificates'],
  live: Live[],
): BatchOutcome {
  const all = [...admitted.values()];
  const rejectedBy = Map.groupBy(work.rejections, ({ sender }) => sender.agentId);
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
    placeless: all.flatMap(({ placeless }) => placeless),
    strangers: [...byAgent].flatMap(([agentId, items]) => (admitted.has(agentId) ? [] : items)),
    rejections: work.rejections,
    certificates,
    live,
    reports: work.reportCount,
    late: work.lateCount,
    clockCorrections: work.clockCorrections,
  };
}
