'use client';

import { useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { measured } from '../../lib/format/number.ts';
import { moment } from '../../lib/format/time.ts';
import { chartOptions } from './options.ts';
import { type Measure, type MeasureSummary, summarise } from './series.ts';
import { useTheme } from './use-theme.ts';
import { t } from '../../messages/common.ts';

const HEIGHT_PX = 132;

interface ChartProps {
  label: string;
  measure: Measure;
  fromMs: number;
  toMs: number;
  zone: string;
  /** Smallest height of the scale in the measure's unit. */
  breadthMin: number;
  /** Charts with the same key move their cursors together. */
  syncKey: string;
}

/** A measure over time: its mean as a line, its lowest to highest as a band. A table holds the same elsewhere. */
export function TimeChart(props: ChartProps) {
  const { label, measure, zone, toMs } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const theme = useTheme();
  const summary = summarise(measure);
  return (
    <figure className="min-w-0">
      <figcaption className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="font-medium">{label}</span>
        <span aria-hidden="true" className="text-ink-2">
          {readout(measure, pointed, zone, toMs)}
        </span>
      </figcaption>
      {summary === null ? (
        <p className="grid h-33 place-items-center rounded-md bg-sunken text-sm text-ink-2">
          {t('noMeasurementsPeriod')}
        </p>
      ) : (
        <div role="img" aria-label={spoken(label, measure.unit, summary)}>
          <Canvas key={theme} {...props} onPoint={setPointed} />
        </div>
      )}
    </figure>
  );
}

/** The drawing itself. A canvas takes the theme's colours when it is made, so each theme has its own. */
function Canvas(props: ChartProps & { onPoint: (index: number | null) => void }) {
  const { measure, fromMs, toMs, zone, breadthMin, syncKey, onPoint } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = box.current;
    if (target === null) return;
    let plot: uPlot | undefined;
    let gone = false;
    // Charts are not needed for the first paint, so their code comes after it.
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return;
      const wish = {
        element: target,
        measure,
        fromS: fromMs / 1000,
        toS: toMs / 1000,
        zone,
        breadthMin,
        syncKey,
        onPoint,
      };
      const options = chartOptions(Plot, { ...wish, height: HEIGHT_PX });
      const { t, max, min, avg } = measure;
      plot = new Plot(options, [[...t], [...max], [...min], [...avg]], target);
    });
    const resize = new ResizeObserver(() => {
      if (target.clientWidth > 0) plot?.setSize({ width: target.clientWidth, height: HEIGHT_PX });
    });
    resize.observe(target);
    return () => {
      gone = true;
      resize.disconnect();
      plot?.destroy();
    };
  }, [measure, fromMs, toMs, zone, breadthMin, syncKey, onPoint]);
  return <div ref={box} className="h-33 overflow-hidden" />;
}

function spoken(label: string, unit: string, { lowest, highest, last, gaps }: MeasureSummary): string {
  const values = t('chartValues', {
    lowest: measured(lowest, unit),
    highest: measured(highest, unit),
    last: measured(last, unit),
  });
  return t('chartSummary', { label, values, gaps });
}

/** The values at the cursor; without one, the last value. */
function readout(measure: Measure, pointed: number | null, zone: string, nowMs: number): string {
  if (pointed === null) {
    const summary = summarise(measure);
    return summary === null ? '' : t('lastValue', { value: measured(summary.last, measure.unit) });
  }
  const at = moment(measure.t[pointed]! * 1000, zone, nowMs);
  const avg = measure.avg[pointed] ?? null;
  if (avg === null) return t('notMeasured', { at });
  const [min, max] = [measure.min[pointed] ?? avg, measure.max[pointed] ?? avg];
  const band = min === max ? '' : t('minToMax', { min: measured(min, ''), max: measured(max, '') });
  return `${at}: ${measured(avg, measure.unit)}${band}`;
}
