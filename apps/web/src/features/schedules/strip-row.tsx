'use client';

import type { Schedule } from '@loopstart/contracts';
import { TriangleAlert } from 'lucide-react';
import { clockTime } from '../../lib/format/time.ts';
import { cx } from '../../ui/cx.ts';
import { type Bar, lookOf, type StripRow } from './strip.ts';
import { t } from '../../messages/schedules.ts';

/** Neighbours differ by tint and by the edge at their left; names say the rest. */
const LOOKS = [
  'bg-accent-soft border-l-accent',
  'bg-ok-soft border-l-ok',
  'bg-info-soft border-l-info',
  'bg-minor-soft border-l-minor',
  'bg-unknown-soft border-l-unknown',
] as const;

/** Set by script alone: the page's policy refuses style attributes in HTML, and shifts are never in the first HTML. */
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** One week: its days above, who is on call below. A gap is red, hatched, and says that nobody is there. */
export function StripRowView({ row, schedule, nowMs }: { row: StripRow; schedule: Schedule; nowMs: number }) {
  const now = (nowMs - row.fromMs) / (row.toMs - row.fromMs);
  return (
    <div className="relative">
      <div className="relative h-6">
        {row.days.map((day) => (
          <span
            key={day.date}
            style={{ left: percent(day.start) }}
            className={cx('absolute top-0 pl-1.5 text-xs', day.weekend ? 'text-ink-3' : 'text-ink-2')}
          >
            {day.label}
          </span>
        ))}
      </div>
      <div className="relative h-12 overflow-clip rounded-md border border-line bg-sunken">
        {row.bars.map((bar) => (
          <BarView key={bar.key} bar={bar} schedule={schedule} />
        ))}
        {row.days.slice(1).map((day) => (
          <span
            key={day.date}
            style={{ left: percent(day.start) }}
            className="pointer-events-none absolute inset-y-0 w-px bg-line"
          />
        ))}
      </div>
      {now >= 0 && now < 1 && (
        <span
          style={{ left: percent(now) }}
          className="pointer-events-none absolute top-0 bottom-0 w-0.5 rounded-full bg-ink"
        >
          <span className="absolute top-0 left-1 rounded-sm bg-ink px-1 text-2xs text-canvas">{t('now')}</span>
        </span>
      )}
    </div>
  );
}

function BarView({ bar, schedule }: { bar: Bar; schedule: Schedule }) {
  const style = { left: percent(bar.start), width: percent(bar.width) };
  const zone = schedule.timeZone;
  const title = t('shift', { label: bar.label, from: clockTime(bar.fromMs, zone), to: clockTime(bar.toMs, zone) });
  if (bar.userId === null) {
    return (
      <div
        style={style}
        title={title}
        className="gap-hatch absolute inset-y-0 flex items-center gap-1 overflow-clip border-x-2 border-critical bg-critical-soft px-1 text-xs font-semibold text-critical"
      >
        <TriangleAlert className="size-3.5 shrink-0" />
        <span className="truncate">{bar.label}</span>
      </div>
    );
  }
  return (
    <div
      style={style}
      title={title}
      className={cx(
        'absolute inset-y-0 flex flex-col justify-center overflow-clip border-l-3 px-1.5 text-sm leading-tight',
        LOOKS[lookOf(bar.userId, schedule, LOOKS.length)],
      )}
    >
      <span className="truncate font-medium text-ink">{bar.label}</span>
      {bar.override && <span className="truncate text-xs text-ink-2">{t('override')}</span>}
    </div>
  );
}
