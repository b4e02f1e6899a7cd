import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { SeverityMark } from './severity-mark.tsx';

const TONES = {
  unknown: 'border-unknown-line bg-unknown-soft',
  major: 'border-major-line bg-major-soft',
  critical: 'border-critical-line bg-critical-soft',
  minor: 'border-minor-line bg-minor-soft',
  info: 'border-info-line bg-info-soft',
} as const;

/** Something about everything below it: why it is old, why it cannot be changed. */
export function Banner({ tone, title, children }: { tone: keyof typeof TONES; title: string; children?: ReactNode }) {
  return (
    <div className={cx('flex items-start gap-2.5 rounded-lg border px-3.5 py-2.5 text-sm', TONES[tone])}>
      <SeverityMark severity={tone} className="mt-0.5" />
      <div className="min-w-0">
        <p className="font-semibold text-ink">{title}</p>
        {children !== undefined && <div className="text-ink-2">{children}</div>}
      </div>
    </div>
  );
}
