import { Injectable } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Metrics } from '../../core/observe/metrics.ts';
import type { BatchOutcome } from './decide/outcome.ts';
import type { Item } from './item.ts';

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The counters of the ingest. */
@Injectable()
export class IngestMetrics {
  readonly #messages: Counter<'kind' | 'outcome'>;
  readonly #rejected: Counter<'reason'>;
  readonly #reports: Counter;
  readonly #late: Counter;
  readonly #clocks: Counter;
  readonly #batch: Histogram;
  readonly #commit: Histogram;
  readonly #wait: Histogram;
  readonly retries: Counter<'reason'>;

  constructor(private readonly metrics: Metrics) {
    this.#messages = metrics.counter('ingest_messages_total', 'Messages of agents by kind and outcome', [
      'kind',
      'outcome',
    ]);
    this.#rejected = metrics.counter('ingest_rejected_total', 'Messages quarantined in whole or in part, by reason', [
      'reason',
    ]);
    this.#reports = metrics.counter('ingest_reports_total', 'Gateway reports taken');
    this.#late = metrics.counter('ingest_late_reports_total', 'Reports older than the present: only history took them');
    this.#clocks = metrics.counter('ingest_clock_corrections_total', 'Messages whose times lay in the future');
    this.#batch = metrics.histogram(
      'ingest_batch_messages',
      'Messages a transaction',
      [1, 2, 5, 10, 25, 50, 100, 250, 500],
    );
    this.#commit = metrics.histogram('ingest_commit_seconds', 'Time a transaction took', SECONDS);
    this.#wait = metrics.histogram(
      'ingest_received_to_committed_seconds',
      'From arrival of a message to its commit',
      SECONDS,
    );
    this.retries = metrics.counter(
      'ingest_retries_total',
      'Batches tried again because the database could not be used',
      ['reason'],
    );
  }

  /** A value that is read for each scrape. */
  gauge(name: string, help: string, read: () => number): void {
    this.metrics.gauge(name, help, read);
  }

  /** Counts a committed batch. */
  count(batch: readonly Item[], outcomes: readonly BatchOutcome[], seconds: number, nowMs: number): void {
    this.#batch.observe(batch.length);
    this.#commit.observe(seconds);
    for (const outcome of outcomes) {
      this.#tally(outcome.accepted, 'accepted');
      this.#tally(outcome.duplicates, 'duplicate');
      this.#tally(outcome.unsequenced, 'unsequenced');
      this.#tally(outcome.unknownSenders, 'unknown-agent');
      for (const { early } of outcome.agents) this.#tally(early, 'early');
      for (const { rejection } of outcome.rejections) this.#rejected.inc({ reason: rejection.code });
      this.#reports.inc(outcome.reports);
      this.#late.inc(outcome.late);
      this.#clocks.inc(outcome.clockCorrections);
      for (const { receivedAtMs } of outcome.accepted) this.#wait.observe(Math.max(0, nowMs - receivedAtMs) / 1000);
    }
  }

  #tally(items: readonly Item[], outcome: string): void {
    const counts = new Map<string, number>();
    for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const [kind, count] of counts) this.#messages.inc({ kind, outcome }, count);
  }
}
