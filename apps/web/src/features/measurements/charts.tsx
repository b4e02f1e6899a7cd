'use client';

import { GATEWAY_MEASURES, PORT_MEASURES } from '@loopstart/domain';
import type { Series } from '@loopstart/contracts';
import { useMemo } from 'react';
import type { Measure } from '../../ui/chart/series.ts';
import { TimeChart } from '../../ui/chart/time-chart.tsx';

const LABELS: Record<string, { label: string }> = { ...PORT_MEASURES, ...GATEWAY_MEASURES };

/** Smallest height of a scale, so that noise does not look like trouble. */
const BREADTH: Record<string, number> = {
  lineVoltageV: 8,
  loopCurrentMa: 8,
  ringVoltageV: 12,
  jitterMs: 10,
  packetLossPercent: 2,
  temperatureC: 12,
  cpuPercent: 40,
  memoryPercent: 40,
  activeCalls: 4,
};

/** A measure's name for people. */
export function measureLabel(name: string): string {
  return LABELS[name]?.label ?? name;
}

/** The measures of a series that were asked for and are there, in the order asked. */
export function pickMeasures(series: Series, order: readonly string[]): (Measure & { name: string })[] {
  return order.flatMap((name) => {
    const measure = series.measures[name];
    return measure === undefined ? [] : [{ name, t: series.t, ...measure }];
  });
}

/** Several measures of one thing, one chart each, their cursors together. */
export function Charts(props: {
  series: Series;
  order: readonly string[];
  fromMs: number;
  toMs: number;
  zone: string;
  syncKey: string;
}) {
  const { series, order } = props;
  const measures = useMemo(() => pickMeasures(series, order), [series, order]);
  return (
    <div className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
      {measures.map((measure) => (
        <TimeChart
          key={measure.name}
          label={measureLabel(measure.name)}
          measure={measure}
          fromMs={props.fromMs}
          toMs={props.toMs}
          zone={props.zone}
          breadthMin={BREADTH[measure.name] ?? 1}
          syncKey={props.syncKey}
        />
      ))}
    </div>
  );
}
