import type uPlot from 'uplot';
import { calendarDay, clockTime } from '../../lib/format/time.ts';
import { type Measure, summarise, verticalRange } from './series.ts';

const DAY_S = 86_400;

interface Wish {
  /** Whose computed colours the chart takes. */
  element: HTMLElement;
  measure: Measure;
  fromS: number;
  toS: number;
  zone: string;
  breadthMin: number;
  syncKey: string;
  height: number;
  onPoint: (index: number | null) => void;
}

/** uPlot's options for one measure with its band. Colours are read from the theme, since a canvas knows no CSS. */
export function chartOptions(Plot: typeof uPlot, wish: Wish): uPlot.Options {
  const color = themeColors(wish.element);
  const summary = summarise(wish.measure) ?? { lowest: 0, highest: 1 };
  const vertical = verticalRange(summary.lowest, summary.highest, wish.breadthMin);
  const font = `11px ${getComputedStyle(wish.element).fontFamily}`;
  const axis = { stroke: color('--color-ink-3'), font, ticks: { show: false }, gap: 4 };
  const edge = { width: 0, points: { show: false } };
  return {
    width: wish.element.clientWidth,
    height: wish.height,
    padding: [6, 18, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1000), wish.zone),
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 6 },
      sync: { key: wish.syncKey },
    },
    hooks: { setCursor: [(plot) => wish.onPoint(plot.cursor.idx ?? null)] },
    scales: { x: { range: [wish.fromS, wish.toS] }, y: { range: vertical } },
    axes: [
      {
        ...axis,
        size: 24,
        grid: { stroke: color('--color-line'), width: 1 },
        space: 64,
        values: (_, splits) => splits.map((seconds) => tickLabel(seconds, wish.zone, wish.toS - wish.fromS)),
      },
      {
        ...axis,
        size: 44,
        space: 28,
        grid: { stroke: color('--color-line'), width: 1 },
      },
    ],
    bands: [{ series: [1, 2], fill: fade(color('--color-accent')) }],
    series: [
      {},
      { ...edge, stroke: 'transparent' },
      { ...edge, stroke: 'transparent' },
      { stroke: color('--color-accent'), width: 1.6, points: { show: false }, spanGaps: false },
    ],
  };
}

/** Days where the range is long, the clock where it is short. */
function tickLabel(seconds: number, zone: string, rangeS: number): string {
  const atMs = seconds * 1000;
  if (rangeS > 2 * DAY_S) return calendarDay(atMs, zone, atMs);
  return clockTime(atMs, zone);
}

function themeColors(element: HTMLElement): (name: string) => string {
  return (name) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}

function fade(color: string): string {
  return `color-mix(in oklch, ${color} 22%, transparent)`;
}
