import type { LiveEvent, WebhookPayload } from '@loopstart/contracts';
import type { SilenceMatcher } from '@loopstart/domain';
import pino from 'pino';
import { AlertRepository } from '../src/alerting/detector/alert.repository.ts';
import { AlertStore } from '../src/alerting/detector/alert.store.ts';
import { Announcer } from '../src/alerting/detector/announcer.ts';
import { Grouping } from '../src/alerting/detector/grouping.ts';
import { IncidentUpdates } from '../src/alerting/detector/incident-updates.ts';
import { FactsRepository } from '../src/alerting/detector/facts/facts.repository.ts';
import { SiteProbes } from '../src/alerting/detector/facts/site-probes.ts';
import { TcpProbe } from '../src/alerting/detector/facts/tcp-probe.ts';
import { IncidentMessages } from '../src/alerting/incidents/incident-messages.ts';
import { IncidentRepository } from '../src/alerting/incidents/incident.repository.ts';
import { Leader } from '../src/alerting/detector/leader.ts';
import { OperatorWatch } from '../src/alerting/detector/operator-watch.ts';
import { PauseEnds } from '../src/alerting/detector/pause-ends.ts';
import { type EscalatedIncident, PolicyPort } from '../src/alerting/detector/policy-port.ts';
import { Silencing } from '../src/alerting/detector/silencing.ts';
import { Database, type Sql } from '../src/core/db/database.ts';
import { PgNotifications } from '../src/core/bus/pg-notifications.ts';
import { DeliverySignal } from '../src/notifications/delivery/delivery-signal.ts';
import { Outbox } from '../src/notifications/delivery/outbox.service.ts';
import type { TestDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';

/** Policies that take everything and note what they are asked. */
export class NotedPolicy extends PolicyPort {
  readonly asked: string[] = [];
  maintained = new Map<string, { windowId: string; until: number }>();
  silenced: { id: string; matcher: SilenceMatcher }[] = [];
  /** Fails the next start, as a database that goes away would. */
  failing = false;

  override async start(_: Sql, incident: EscalatedIncident): Promise<null> {
    if (this.failing) {
      this.failing = false;
      throw new Error('the connection is gone');
    }
    this.asked.push(`start ${incident.kind}`);
    return null;
  }
  override async stop(_: Sql, _incidentId: string, reason: string): Promise<void> {
    this.asked.push(`stop ${reason}`);
  }
  override async resume(): Promise<void> {
    this.asked.push('resume');
  }
  override async maintenance() {
    return this.maintained;
  }
  override async silences() {
    return this.silenced;
  }
}

/** The alerting of one process without the process: the engine on a real database, time in the hands of the test. */
export class TestAlerting {
  readonly db: Database;
  readonly leader: Leader;
  readonly policy = new NotedPolicy();
  readonly repository = new FactsRepository();
  readonly store: AlertStore;
  readonly live: LiveEvent[] = [];
  now: number;
  readonly #database: TestDatabase;
  readonly #pauses: PauseEnds;
  readonly #probes: SiteProbes;
  readonly #alerts = new AlertRepository();

  private constructor(database: TestDatabase, now: number) {
    this.#database = database;
    this.now = now;
    const log = pino({ level: 'silent' });
    const clock = () => this.now;
    this.db = new Database(database.config);
    this.leader = new Leader(database.config, log);
    const incidents = new IncidentRepository();
    const outbox = new Outbox(new DeliverySignal(new PgNotifications(this.db, database.config, log)), clock);
    const messages = new IncidentMessages(incidents, outbox, database.config);
    const silencing = new Silencing(this.policy);
    const announcer = new Announcer(this.#alerts, incidents, messages, this.policy, silencing);
    const updates = new IncidentUpdates(this.#alerts, incidents, messages, this.policy);
    this.store = new AlertStore(this.#alerts, incidents, announcer, new Grouping(this.#alerts, incidents), updates);
    this.#pauses = new PauseEnds(announcer, this.store, incidents, this.policy);
    this.#probes = new SiteProbes(new TcpProbe(database.config), clock);
  }

  /** Resolves when it leads. */
  static async start(database: TestDatabase, now: number): Promise<TestAlerting> {
    const alerting = new TestAlerting(database, now);
    await new Promise<void>((resolve) => alerting.leader.start({ won: resolve, lost: () => undefined }));
    return alerting;
  }

  /** What a process that begins to lead does first. */
  load(operatorId: string): Promise<OperatorWatch> {
    const { db, leader, repository, store, policy } = this;
    const rest = { alerts: this.#alerts, pauses: this.#pauses, probes: this.#probes, now: () => this.now };
    return OperatorWatch.load({ db, leader, repository, store, policy, ...rest }, operatorId, this.now);
  }

  /** Sweeps every `everyS` until `forS` have passed. */
  async sweep(watch: OperatorWatch, forS = 0, everyS = 5): Promise<void> {
    const until = this.now + forS * 1000;
    for (;;) {
      this.live.push(...(await watch.sweep(this.now)));
      if (this.now >= until) return;
      this.now = Math.min(until, this.now + everyS * 1000);
    }
  }

  /** Messages sent to the outside, in order. */
  async sent(operatorId: string): Promise<{ type: string; seq: number; kind: string; payload: WebhookPayload }[]> {
    return rowsOf(
      this.#database.ownerUrl,
      `select type, seq, payload->'data'->>'kind' as kind, payload from outbox_message where operator_id = $1 order by created_at, seq`,
      [operatorId],
    );
  }

  async close(): Promise<void> {
    await this.leader.stop();
    await this.db.onApplicationShutdown();
  }
}
