import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A small word in a box. */
export function Tag({
  children,
  tone = 'plain',
}: {
  children: ReactNode;
  tone?: 'plain' | 'accent' | 'minor' | 'unknown' | 'critical';
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 text-xs font-medium leading-5 whitespace-nowrap',
        tone === 'plain' && 'border-line bg-sunken text-ink-2',
        tone === 'accent' && 'border-transparent bg-accent-soft text-accent',
        tone === 'minor' && 'border-minor-line bg-minor-soft text-minor',
        tone === 'unknown' && 'border-unknown-line bg-unknown-soft text-ink-2',
        tone === 'critical' && 'border-critical-line bg-critical-soft text-critical',
      )}
    >
      {children}
    </span>
  );
}
