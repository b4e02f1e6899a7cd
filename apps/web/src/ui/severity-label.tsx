import type { Severity } from '@loopstart/domain';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { SEVERITY_TEXT, SeverityMark } from './severity-mark.tsx';

/** A severity's shape and words on one line. Good news stays quiet: only the mark is coloured. */
export function SeverityLabel(props: { severity: Severity; children: ReactNode; className?: string }) {
  const quiet = props.severity === 'ok' || props.severity === 'unknown' || props.severity === 'info';
  return (
    <span className={cx('inline-flex min-w-0 items-start gap-1.5', props.className)}>
      <SeverityMark severity={props.severity} className="mt-0.5 size-3.5" />
      <span className={cx('min-w-0', quiet ? 'text-ink-2' : cx(SEVERITY_TEXT[props.severity], 'font-medium'))}>
        {props.children}
      </span>
    </span>
  );
}
