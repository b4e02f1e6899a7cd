import { Inject, Injectable } from '@nestjs/common';
import type { Series } from '@loopstart/contracts';
import { GATEWAY_MEASURES, PORT_MEASURE_NAMES, PORT_MEASURES } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type Bucket, fromSamples, onGrid, widen } from './assemble.ts';
import { bucketMs, type Range, rangeOf, type Resolution, resolutionFor } from './resolution.ts';
import { SeriesRepository, type Subject } from './series.repository.ts';
import type { Scope } from '../../core/db/scope.ts';

/** The gateway measures that are shown over time; uptime only grows. */
const GATEWAY_SERIES = ['temperatureC', 'cpuPercent', 'memoryPercent', 'activeCalls'] as const;
const UNITS: Record<string, { unit: string }> = { ...PORT_MEASURES, ...GATEWAY_MEASURES };

/** Measurements over any range, at the resolution that fits it. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly repository: SeriesRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Of a port, or where `position` is null of the gateway itself. Throws `not-found`, and `invalid-input` for a range that is empty. */
  async read(
    scope: Scope,
    gatewayId: string,
    position: number | null,
    query: { from?: string | undefined; to?: string | undefined },
  ): Promise<Series> {
    const nowMs = this.now();
    const range = rangeOf(query, nowMs);
    if (range === null) {
      throw new ProblemError('invalid-input', {
        fields: [{ path: 'query.from', expected: 'a time before `to` and before now' }],
      });
    }
    const names: readonly string[] = position === null ? GATEWAY_SERIES : PORT_MEASURE_NAMES;
    const all: Subject = { gatewayId, position, measures: names };
    const capabilities = found(await this.repository.capabilities(scope, all));
    const measures = names.filter((name) => capabilities[name] !== 'not-supported');
    const retention = { rawHours: this.config.RETENTION_RAW_HOURS, hourlyDays: this.config.RETENTION_HOURLY_DAYS };
    const resolution = resolutionFor(range, retention, nowMs);
    const points = measures.length === 0 ? [] : await this.#points(scope, { ...all, measures }, range, resolution);
    return {
      resolution,
      from: new Date(range.fromMs).toISOString(),
      to: new Date(range.toMs).toISOString(),
      t: points.map((point) => point.atMs / 1000),
      measures: Object.fromEntries(
        measures.map((name, index) => [
          name,
          {
            unit: UNITS[name]?.unit ?? '',
            min: points.map((point) => point.min[index] ?? null),
            avg: points.map((point) => point.avg[index] ?? null),
            max: points.map((point) => point.max[index] ?? null),
          },
        ]),
      ),
    };
  }

  async #points(scope: Scope, subject: Subject, range: Range, resolution: Resolution): Promise<Bucket[]> {
    const width = subject.measures.length;
    switch (resolution) {
      case 'raw':
        return fromSamples(await this.repository.samples(scope, subject, range), range);
      case 'hour':
        return onGrid(await this.repository.hours(scope, subject, range), range, bucketMs('hour'), width);
      case 'day': {
        const days = await this.repository.days(scope, subject, range);
        const lastDay = days.at(-1);
        // Days that are not rolled up yet are computed from their hours.
        const firstDayMs = Math.floor(range.fromMs / bucketMs('day')) * bucketMs('day');
        const since = lastDay === undefined ? firstDayMs : lastDay.atMs + bucketMs('day');
        const hours =
          since < range.toMs ? await this.repository.hours(scope, subject, { ...range, fromMs: since }) : [];
        return onGrid([...days, ...widen(hours, bucketMs('day'))], range, bucketMs('day'), width);
      }
    }
  }
}
