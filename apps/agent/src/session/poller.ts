import { randomUUID } from 'node:crypto';
import type { ActionProgress, GatewayEvent } from '@loopstart/contracts';
import { ALARM_EVENT_KINDS, EMERGENCY_HOLD_MS, type EmergencyCall } from '@loopstart/domain';
import {
  activeAlarmSources,
  interpretPoll,
  pollPlan,
  readActiveAlarms,
  type EventDraft,
  type NotificationReading,
  type PollReading,
  type Problem,
} from '@loopstart/drivers';
import { AlarmListReporter, type ListReading } from '../polling/alarm-list.ts';
import { DeltaReporter } from '../polling/delta-reporter.ts';
import { RESTARTED } from '../polling/gateway-events.ts';
import { impliedCells } from '../polling/implied.ts';
import {
  applyOverrides,
  overridesOfLineTest,
  overridesOfNotification,
  type PendingOverrides,
} from '../polling/pending-overrides.ts';
import { ProblemWatch } from '../polling/problem-watch.ts';
import { hasRestarted, isAhead } from '../polling/restart.ts';
import { isUnread } from '../transport/snmp/read-plan.ts';
import type { DeviceLinks } from '../transport/transports.ts';
import type { KnownGateway, SessionContext } from './session-context.ts';

/** A recent start that the gateway reported itself is not reported a second time. */
const START_REPORTED_MS = 120_000;

type Context = Pick<SessionContext, 'clock' | 'collector' | 'limits'>;

/** A poll as read, before it is reported. */
export interface Poll {
  reading: PollReading;
  problems: readonly Problem[];
  /** The alarms that it lists as active. */
  alarms: ListReading;
  /** Whether every request was answered. */
  isComplete: boolean;
  /** When it began, ms since the epoch, and how long it took. */
  at: number;
  tookMs: number;
  /** When it ended, monotonic ms. */
  nowMs: number;
}

/** Polls a gateway by its driver, adds the values of notifications and line tests, and reports changes. */
export class Poller {
  readonly #context: Context;
  readonly #links: DeviceLinks;
  readonly #reporter: DeltaReporter;
  readonly #problems = new ProblemWatch();
  readonly #alarms: AlarmListReporter;
  #overrides: PendingOverrides = [];
  #emergencyCalls: readonly EmergencyCall[] = [];
  #uptime: { s: number; readAtMs: number } | null = null;
  #startReportedAtMs = Number.NEGATIVE_INFINITY;
  /** The gateway whose restart is to be reported, once it is confirmed to be still the same. */
  #restarted: string | null = null;
  #incompleteInARow = 0;

  constructor(context: Context, links: DeviceLinks) {
    const { collector, clock, limits } = context;
    this.#context = context;
    this.#links = links;
    this.#reporter = new DeltaReporter(collector, clock, () => limits().fullIntervalMs);
    this.#alarms = new AlarmListReporter(collector, clock, () => limits().fullIntervalMs);
  }

  /** Consecutive polls that lacked something. */
  get incompleteInARow(): number {
    return this.#incompleteInARow;
  }

  /** When the gateway started by its uptime, and when that was read; monotonic ms. Null: its uptime is not known. */
  get boot(): { atMs: number; readAtMs: number } | null {
    if (this.#uptime === null) return null;
    const { s, readAtMs } = this.#uptime;
    return { atMs: readAtMs - s * 1000, readAtMs };
  }

  /** Recent emergency calls that the gateway reported. */
  get emergencyCalls(): readonly EmergencyCall[] {
    return this.#emergencyCalls;
  }

  /** The next report is a full one: the cloud may have missed something. */
  forceFull(): void {
    this.#reporter.forceFull();
    this.#alarms.forget();
  }

  /** Drops the baseline of the next report. */
  forgetReported(): void {
    this.#reporter.forget();
    this.#alarms.forget();
  }

  /** When it should be read again for the sake of its list of alarms, monotonic ms; null: as usual. */
  get readAgainAtMs(): number | null {
    return this.#alarms.readAgainAtMs;
  }

  /** Reads the gateway once. Rejects where it does not answer. */
  async poll({ driver, inventory }: KnownGateway): Promise<Poll> {
    const { clock } = this.#context;
    const plan = pollPlan(driver);
    const startedMs = clock.monotonicMs();
    const at = clock.now();
    const { answers, problems, unread } = await this.#links.for(plan.transport).read(plan);
    const reading = interpretPoll(driver, inventory.ports, answers);
    const nowMs = clock.monotonicMs();
    const isListRead = !activeAlarmSources(driver).some(({ oid }) => isUnread(unread, oid));
    const list = isListRead ? readActiveAlarms(driver, answers, inventory.ports) : null;
    return {
      reading,
      alarms: { list, at, startedMs },
      problems: [...problems, ...reading.problems],
      isComplete: unread.size === 0,
      at,
      tookMs: Math.round(nowMs - startedMs),
      nowMs,
    };
  }

  /**
   * Records the uptime; true where it does not continue that of the last poll, which makes all known values invalid:
   * the gateway restarted, or another answers now. The inventory shows which.
   */
  noticeRestart({ reading, nowMs }: Poll, { inventory }: KnownGateway): boolean {
    const { uptimeS } = reading.gatewayMeasures;
    if (uptimeS === null) return false;
    const before = this.#uptime?.s ?? null;
    const elapsedS = (nowMs - (this.#uptime?.readAtMs ?? 0)) / 1000;
    const restarted = hasRestarted(before, uptimeS, elapsedS);
    this.#uptime = { s: uptimeS, readAtMs: nowMs };
    if (!restarted && !isAhead(before, uptimeS, elapsedS)) return false;
    if (restarted && nowMs - this.#startReportedAtMs > START_REPORTED_MS) this.#restarted = inventory.gatewayId;
    this.#overrides = [];
    this.forgetReported();
    return true;
  }

  /** Reports the restart, where it was this gateway that restarted; that of another does not count. */
  reportRestart({ inventory }: KnownGateway): void {
    if (this.#restarted === inventory.gatewayId) this.reportEvents([RESTARTED], inventory.gatewayId);
    this.#restarted = null;
  }

  /** Completes a poll with the values of notifications and line tests. */
  complete(poll: Poll, { inventory }: KnownGateway): PollReading {
    const { reading, overrides } = applyOverrides(this.#overrides, poll.reading, inventory.ports, poll.nowMs);
    this.#overrides = overrides;
    this.#incompleteInARow = poll.isComplete ? 0 : this.#incompleteInARow + 1;
    return reading;
  }

  /** Reports a poll, completed as `reading`. */
  report(poll: Poll, reading: PollReading, { inventory }: KnownGateway): void {
    this.#reporter.reportReading(inventory, reading, poll.at, poll.tookMs);
    const problem = this.#problems.see(poll.problems, poll.nowMs);
    if (problem !== null) this.reportEvents([problem], inventory.gatewayId);
    this.#alarms.see(inventory.gatewayId, poll.alarms);
  }

  /**
   * Takes a notification and, where the gateway is known, reports at once what it implies; true where the gateway
   * started.
   */
  takeNotification(reading: NotificationReading, known: KnownGateway | null): boolean {
    const { clock } = this.#context;
    const nowMs = clock.monotonicMs();
    const starts = reading.events.some(({ kind }) => kind === 'cold-start' || kind === 'warm-start');
    if (starts) this.#startReportedAtMs = nowMs;
    this.#noteEmergency(reading.events);
    if (reading.events.some(({ kind }) => ALARM_EVENT_KINDS.includes(kind))) this.#alarms.notified();
    this.#overrides = overridesOfNotification(this.#overrides, reading, nowMs);
    if (known !== null) {
      const cells = impliedCells(reading.implies, known.inventory.ports);
      this.#reporter.reportImplied(known.inventory, cells, clock.now());
    }
    return starts;
  }

  /** Takes the measurements of a line test: the next report has them as if they had been polled. */
  keepTested(position: number, result: ActionProgress['result']): void {
    this.#overrides = overridesOfLineTest(this.#overrides, position, result, this.#context.clock.monotonicMs());
  }

  reportEvents(drafts: readonly EventDraft[], gatewayId: string): void {
    const at = this.#context.clock.now();
    const events = drafts.map((draft): GatewayEvent => ({ ...draft, id: randomUUID(), gatewayId, at, source: 'poll' }));
    this.#context.collector.events(events);
  }

  #noteEmergency(drafts: readonly EventDraft[]): void {
    const atMs = this.#context.clock.now();
    const reported = drafts.flatMap(({ kind, position }) => (kind === 'emergency-call' ? [{ position, atMs }] : []));
    if (reported.length === 0) return;
    const recent = this.#emergencyCalls.filter((call) => atMs - call.atMs < EMERGENCY_HOLD_MS);
    this.#emergencyCalls = [...recent, ...reported];
  }
}
