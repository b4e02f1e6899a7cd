import { Injectable } from '@nestjs/common';
import { Metrics } from '../../core/observe/metrics.ts';

interface Source {
  leading(): boolean;
  counts(): { open: number; announced: number; agents: number; gateways: number; ports: number }[];
  /** Seconds. */
  oldestSweep(): number | null;
  suspect(): boolean;
}

/** Metrics of the detector. */
@Injectable()
export class AlertingMetrics {
  readonly looks;
  readonly lag;
  readonly failures;

  constructor(private readonly metrics: Metrics) {
    this.looks = metrics.histogram(
      'alerting_look_seconds',
      'Evaluations of one operator by trigger',
      [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
      ['why'],
    );
    this.lag = metrics.histogram(
      'alerting_lag_seconds',
      'Seconds from an event to its committed evaluation',
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    );
    this.failures = metrics.counter('alerting_failures_total', 'Evaluations that failed and were retried');
  }

  watch(source: Source): void {
    const sum = (field: 'open' | 'announced' | 'ports') =>
      source.counts().reduce((total, counts) => total + counts[field], 0);
    this.metrics.gauge('alerting_leader', '1 while this process leads alerting', () => (source.leading() ? 1 : 0));
    this.metrics.gauge('alerts_open', 'Open alerts, as the leader knows them', () => sum('open'));
    this.metrics.gauge('alerts_announced', 'Open alerts that were announced', () => sum('announced'));
    this.metrics.gauge('alerts_held', 'Open alerts that are held back', () => sum('open') - sum('announced'));
    this.metrics.gauge('alerting_ports_watched', 'Ports that the leader watches', () => sum('ports'));
    this.metrics.gauge('alerting_platform_suspect', 'Were so many agents lost at once that it is probably us', () =>
      source.suspect() ? 1 : 0,
    );
    this.metrics.gauge(
      'alerting_sweep_age_seconds',
      'Longest time since the last full evaluation of an operator',
      () => source.oldestSweep() ?? 0,
    );
  }
}
