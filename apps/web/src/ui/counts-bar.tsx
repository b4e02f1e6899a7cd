import type { PortCounts } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import Link from 'next/link';
import { count } from '../lib/format/number.ts';
import { COUNT_ORDER, countParts, countsSentence, portsHref } from '../lib/words/line-counts.ts';
import { cx } from './cx.ts';
import { SEVERITY_TEXT, SeverityMark } from './severity-mark.tsx';
import { t } from '../messages/common.ts';

const GAP = 0.6;
const SMALLEST = 1.4;

/** Left edge and width, in percent, of each part of a bar; a small part is still wide enough to be seen. */
export function barParts(counts: PortCounts): { severity: Severity; x: number; width: number }[] {
  const present = COUNT_ORDER.filter((severity) => counts[severity] > 0);
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
  return (
    <svg
      role="img"
      aria-label={countsSentence(counts)}
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

/** What the bar shows, as figures with their shapes, each the way to the lines that it counts. */
export function CountsLegend(props: { counts: PortCounts; of?: { customerId?: string; siteId?: string } }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {countParts(props.counts).map(({ severity, n, word }) => (
        <li key={severity}>
          <Link
            href={portsHref({ ...props.of, severity })}
            className="inline-flex min-h-6 items-center gap-1.5 underline-offset-2 hover:underline"
          >
            <SeverityMark severity={severity} className="size-3.5" />
            <span className="font-medium">{count(n)}</span>
            <span className="text-ink-2">{word}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The figures of a row of a table: whatever is not OK, and of how many; or that all are. */
export function CountsBrief({ counts }: { counts: PortCounts }) {
  const parts = countParts(counts).filter(({ severity }) => severity !== 'ok');
  return (
    <span className="inline-flex items-center gap-x-2.5 whitespace-nowrap">
      {parts.map(({ severity, n, word }) => (
        <span key={severity} className="inline-flex items-center gap-1">
          <SeverityMark severity={severity} className="size-3.5" />
          {count(n)}
          <span className="sr-only">{word}</span>
        </span>
      ))}
      <span className="text-ink-3">
        {counts.total === 0
          ? t('none')
          : parts.length === 0
            ? t('ok', { total: counts.total })
            : t('ofTotal', { total: counts.total })}
      </span>
    </span>
  );
}

/** Figures and bar on one line, for a row of a list. */
export function CountsLine({ counts }: { counts: PortCounts }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2 sm:flex">
      <span className="flex sm:min-w-28">
        <CountsBrief counts={counts} />
      </span>
      <span className="min-w-12 flex-1 max-sm:hidden">
        <CountsBar counts={counts} />
      </span>
    </span>
  );
}
