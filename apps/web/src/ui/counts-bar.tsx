import type { PortCounts } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import { count } from '../lib/format/number.ts';
import { SEVERITY_WORDS } from '../lib/words/port.ts';
import { cx } from './cx.ts';
import { SEVERITY_TEXT, SeverityMark } from './severity-mark.tsx';

/** Worst first, what is fine last. */
const ORDER: readonly Severity[] = ['critical', 'major', 'minor', 'unknown', 'info', 'ok'];

const GAP = 0.6;
const SMALLEST = 1.4;

/** Left edge and width, in percent, of each part of a bar; a small part is still wide enough to be seen. */
export function barParts(counts: PortCounts): { severity: Severity; x: number; width: number }[] {
  const present = ORDER.filter((severity) => counts[severity] > 0);
  const room = 100 - GAP * (present.length - 1);
  const wanted = present.map((severity) => Math.max(SMALLEST, (counts[severity] / counts.total) * room));
  const sum = wanted.reduce((total, width) => total + width, 0);
  let x = 0;
  return present.map((severity, index) => {
    const width = (wanted[index]! / sum) * room;
    const part = { severity, x, width };
    x += width + GAP;
    return part;
  });
}

/** Ports by severity as one bar. Its numbers are told in words to screen readers. */
export function CountsBar({ counts, tall = false }: { counts: PortCounts; tall?: boolean }) {
  const words = ORDER.filter((severity) => counts[severity] > 0)
    .map((severity) => `${count(counts[severity])} ${SEVERITY_WORDS[severity].toLowerCase()}`)
    .join(', ');
  return (
    <svg
      role="img"
      aria-label={counts.total === 0 ? 'No ports' : `${count(counts.total)} ports: ${words}`}
      className={cx('block w-full overflow-hidden', tall ? 'h-2.5 rounded-sm' : 'h-1.5 rounded-full')}
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
    >
      {counts.total === 0 && <rect width="100" height="1" className="fill-line" />}
      {barParts(counts).map(({ severity, x, width }) => (
        <rect
          key={severity}
          x={x}
          width={width}
          height="1"
          fill="currentColor"
          className={cx(SEVERITY_TEXT[severity], severity === 'ok' && 'opacity-55')}
        />
      ))}
    </svg>
  );
}

/** What the bar shows, as figures with their shapes. */
export function CountsLegend({ counts }: { counts: PortCounts }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {ORDER.filter((severity) => counts[severity] > 0).map((severity) => (
        <li key={severity} className="inline-flex items-center gap-1.5">
          <SeverityMark severity={severity} className="size-3.5" />
          <span className="font-medium">{count(counts[severity])}</span>
          <span className="text-ink-2">{SEVERITY_WORDS[severity].toLowerCase()}</span>
        </li>
      ))}
    </ul>
  );
}

/** The few figures that matter in a row of a table: what is wrong, or that all is well. */
export function CountsBrief({ counts }: { counts: PortCounts }) {
  const wrong = ORDER.filter((severity) => severity !== 'ok' && severity !== 'info' && counts[severity] > 0);
  return (
    <span className="inline-flex items-center gap-x-2.5 whitespace-nowrap">
      {wrong.map((severity) => (
        <span key={severity} className="inline-flex items-center gap-1">
          <SeverityMark severity={severity} className="size-3.5" />
          {count(counts[severity])}
          <span className="sr-only">{SEVERITY_WORDS[severity].toLowerCase()}</span>
        </span>
      ))}
      <span className="text-ink-3">
        {wrong.length === 0 ? `${count(counts.total)} fine` : `of ${count(counts.total)}`}
      </span>
    </span>
  );
}
