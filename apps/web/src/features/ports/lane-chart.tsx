import type { Port, StateChange } from '@loopstart/contracts';
import { PORT_STATE_FIELD_NAMES, type PortStateField } from '@loopstart/domain';
import { duration, moment } from '../../lib/format/time.ts';
import { axisTicks } from '../../lib/format/axis.ts';
import { fieldState } from '../../lib/words/field-state.ts';
import { FIELD_WORDS, stateWord } from '../../lib/words/port.ts';
import { cx } from '../../ui/cx.ts';
import { isTold, type LaneInput, type Stretch, stretches, type Weight, weightOf } from './lanes.ts';
import { t } from '../../messages/ports.ts';

const WIDTH = 1000;
const HEIGHT = 20;

/** Height and colour of a stretch: normal is a thin line, what deviates stands up. */
const LOOK: Record<Weight, { height: number; className: string }> = {
  normal: { height: 3, className: 'fill-edge opacity-70' },
  busy: { height: 14, className: 'fill-accent' },
  attention: { height: 18, className: 'fill-minor' },
  bad: { height: 20, className: 'fill-critical' },
  unknown: { height: 12, className: 'fill-none stroke-unknown' },
};

interface LaneChartProps extends Omit<LaneInput, 'field' | 'current' | 'changes'> {
  port: Port;
  changes: readonly StateChange[];
  zone: string;
}

/** One lane a field, over the same time. The table of changes holds the same in words. */
export function LaneChart(props: LaneChartProps) {
  const { port, changes, fromMs, toMs, zone } = props;
  const lanes = PORT_STATE_FIELD_NAMES.map((field) => ({
    field,
    told: isTold(port, field, changes),
    stretches: stretches({ ...props, field, current: port[field], changes }),
  }));
  return (
    <div>
      <ul className="flex flex-col">
        {lanes.map((lane) => (
          <li
            key={lane.field}
            className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-2 border-t border-line/60 first:border-t-0 sm:grid-cols-[6.5rem_minmax(0,1fr)_9rem]"
          >
            <span className="py-1.5 text-sm text-ink-2">{FIELD_WORDS[lane.field]}</span>
            {lane.told ? (
              <Lane field={lane.field} stretches={lane.stretches} fromMs={fromMs} toMs={toMs} zone={zone} />
            ) : (
              <span className="text-sm text-ink-3">— {nowWords(port, lane.field)}</span>
            )}
            <span className="truncate text-sm max-sm:hidden">{lane.told && nowWords(port, lane.field)}</span>
          </li>
        ))}
      </ul>
      <div
        aria-hidden="true"
        className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-2 sm:grid-cols-[6.5rem_minmax(0,1fr)_9rem]"
      >
        <span />
        <svg className="h-5 w-full overflow-visible border-t border-line text-ink-3">
          {axisTicks(fromMs, toMs, zone).map((tick) => (
            <text
              key={tick.atMs}
              x={`${tick.share * 100}%`}
              y="14"
              textAnchor="middle"
              className="fill-current text-2xs"
            >
              {tick.label}
            </text>
          ))}
        </svg>
        <span className="pt-0.5 text-2xs text-ink-3 max-sm:hidden">{t('now')}</span>
      </div>
    </div>
  );
}

/** What stands beside a lane: the same as under "Now". */
function nowWords(port: Port, field: PortStateField): string {
  const state = fieldState(port, field);
  return state.known ? state.word : state.why;
}

function Lane(props: {
  field: PortStateField;
  stretches: readonly Stretch[];
  fromMs: number;
  toMs: number;
  zone: string;
}) {
  const { field, fromMs, toMs, zone } = props;
  const scale = WIDTH / (toMs - fromMs);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={laneWords(field, props.stretches)}
      className="h-5 w-full"
    >
      {props.stretches.map((stretch) => {
        const look = LOOK[weightOf(field, stretch.value)];
        // A change of a second must still be seen in a range of thirty days.
        const width = Math.max(1.6, (stretch.toMs - stretch.fromMs) * scale);
        return (
          <rect
            key={stretch.fromMs}
            x={(stretch.fromMs - fromMs) * scale}
            y={(HEIGHT - look.height) / 2}
            width={width}
            height={look.height}
            className={cx(look.className)}
            vectorEffect="non-scaling-stroke"
            strokeDasharray="3 3"
          >
            <title>
              {t('laneEntry', {
                state: stateWord(field, stretch.value),
                duration: duration(stretch.toMs - stretch.fromMs),
                from: moment(stretch.fromMs, zone, toMs),
              })}
            </title>
          </rect>
        );
      })}
    </svg>
  );
}

/** A lane in words: what it is now, and how much of the time it was something else. */
function laneWords(field: PortStateField, all: readonly Stretch[]): string {
  const total = all.reduce((sum, stretch) => sum + stretch.toMs - stretch.fromMs, 0);
  const byValue = new Map<string, number>();
  for (const stretch of all) {
    const word = stateWord(field, stretch.value);
    byValue.set(word, (byValue.get(word) ?? 0) + stretch.toMs - stretch.fromMs);
  }
  const parts = [...byValue].sort((a, b) => b[1] - a[1]).map(([word, ms]) => `${word} ${duration(ms)}`);
  return t('laneSummary', { field: FIELD_WORDS[field], duration: duration(total), parts: parts.join(', ') });
}
