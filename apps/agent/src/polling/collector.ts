import type { ActiveAlarms, GatewayEvent, Inventory, Report, UpBodyInput, UpKind } from '@loopstart/contracts';
import type { Clock } from '../core/clock.ts';
import { MessageTooLargeError } from '../outbox/outbox.ts';
import type { Unreadable } from '../transport/unreadable.ts';

/** Destination of messages; the outbox. */
export interface MessageSink {
  append<K extends UpKind>(kind: K, body: UpBodyInput<K>, options?: { urgent?: boolean }): unknown;
}

/** How long a report without a change of state waits for others. */
const REPORT_LINGER_MS = 250;
/** How long an unchanged poll waits for others. */
const UNCHANGED_LINGER_MS = 5_000;
/** Limits of one message; cells are estimated, the outbox measures. */
const REPORTS_MAX = 400;
const CELLS_MAX = 20_000;
const UNCHANGED_MAX = 2_000;
/** Longest text of a port that is kept where an inventory does not fit into a message. */
const TEXT_MAX = 24;

/** Collects the reports of gateways in as few messages as possible, without delaying changes. */
export class Collector {
  readonly #sink: MessageSink;
  readonly #clock: Clock;
  #reports: Report[] = [];
  #cells = 0;
  #cancelReports: (() => void) | null = null;
  #unchanged = new Set<string>();
  /** The earliest poll among the unchanged ones: an earlier time is safe, a later one is not. */
  #unchangedAt = 0;
  #cancelUnchanged: (() => void) | null = null;

  constructor(sink: MessageSink, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  report(report: Report, urgent: boolean): void {
    this.#unchanged.delete(report.gatewayId);
    this.#reports.push(report);
    this.#cells += cellsOf(report);
    if (urgent || this.#reports.length >= REPORTS_MAX || this.#cells >= CELLS_MAX) this.#flushReports(urgent);
    else this.#cancelReports ??= this.#clock.schedule(REPORT_LINGER_MS, () => this.#flushReports(false));
  }

  unchanged(gatewayId: string, at: number): void {
    if (this.#unchanged.size === 0) this.#unchangedAt = at;
    this.#unchangedAt = Math.min(this.#unchangedAt, at);
    this.#unchanged.add(gatewayId);
    if (this.#unchanged.size >= UNCHANGED_MAX) this.#flushUnchanged();
    else this.#cancelUnchanged ??= this.#clock.schedule(UNCHANGED_LINGER_MS, () => this.#flushUnchanged());
  }

  /** Reports that use the former port order are sent first. */
  inventory(inventory: Inventory): void {
    this.flush();
    try {
      this.#sink.append('inventory', inventory, { urgent: true });
    } catch (error) {
      if (!(error instanceof MessageTooLargeError)) throw error;
      this.#sink.append('inventory', shortened(inventory), { urgent: true });
    }
  }

  /** `unread`: why the gateway is not read; null when it is. */
  reachability(gatewayId: string, at: number, unread: Unreadable | null): void {
    this.flush();
    const { code = null, text = null } = unread ?? {};
    const body = { gatewayId, at, reachable: unread === null, code, reason: text?.slice(0, 200) ?? null };
    this.#sink.append('reachability', body, { urgent: true });
  }

  events(events: GatewayEvent[]): void {
    if (events.length > 0) this.#sink.append('events', { events }, { urgent: true });
  }

  /** After the events that were told before the list was read. */
  alarms(list: ActiveAlarms): void {
    this.#sink.append('alarms', list, { urgent: true });
  }

  /** Passes everything collected to the outbox. */
  flush(): void {
    this.#flushReports(true);
    this.#flushUnchanged();
  }

  #flushReports(urgent: boolean): void {
    this.#cancelReports?.();
    this.#cancelReports = null;
    const reports = this.#reports;
    this.#reports = [];
    this.#cells = 0;
    if (reports.length > 0) this.#send(reports, urgent);
  }

  /** Halves until it fits. A single report always does: it has at most 512 ports. */
  #send(reports: Report[], urgent: boolean): void {
    try {
      this.#sink.append('reports', { reports }, { urgent });
    } catch (error) {
      if (!(error instanceof MessageTooLargeError) || reports.length === 1) throw error;
      const half = reports.length >> 1;
      this.#send(reports.slice(0, half), urgent);
      this.#send(reports.slice(half), urgent);
    }
  }

  #flushUnchanged(): void {
    this.#cancelUnchanged?.();
    this.#cancelUnchanged = null;
    if (this.#unchanged.size === 0) return;
    const gatewayIds = [...this.#unchanged];
    this.#unchanged.clear();
    this.#sink.append('unchanged', { at: this.#unchangedAt, gatewayIds });
  }
}

function cellsOf(report: Report): number {
  let cells = 20;
  for (const part of [report.state, report.measures, report.counters]) {
    for (const column of Object.values(part ?? {})) cells += column?.length ?? 0;
  }
  return cells;
}

/** An inventory with the long texts of its ports cut. */
function shortened(inventory: Inventory): Inventory {
  const cut = (text: string | null) => text?.slice(0, TEXT_MAX) ?? null;
  const ports = inventory.ports.map((port) => ({
    ...port,
    name: cut(port.name),
    number: cut(port.number),
    impedance: cut(port.impedance),
    countryProfile: cut(port.countryProfile),
    codecs: null,
  }));
  return { ...inventory, ports };
}
