import type { Severity } from '@loopstart/domain';
import { cx } from './cx.ts';

/**
 * Severity as a shape, so that it can be told without colour: octagon, triangle, diamond, circle, tick,
 * dashed circle. Always beside words, hence hidden from screen readers.
 */
export function SeverityMark({ severity, className }: { severity: Severity; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={cx('severity-mark size-4 shrink-0', SEVERITY_TEXT[severity], className)}
    >
      {SHAPES[severity]}
    </svg>
  );
}

/** The colour of a severity as text. */
export const SEVERITY_TEXT: Record<Severity, string> = {
  ok: 'text-ok',
  info: 'text-info',
  minor: 'text-minor',
  major: 'text-major',
  critical: 'text-critical',
  unknown: 'text-unknown',
};

const bang = (fill: string, top = 4.4) => (
  <>
    <rect x="7.1" y={top} width="1.8" height="4.6" rx="0.9" fill={fill} />
    <circle cx="8" cy={top + 6.6} r="1.05" fill={fill} />
  </>
);

const SHAPES: Record<Severity, React.ReactNode> = {
  critical: (
    <>
      <path d="M4.9 0.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L0.6 11.1V4.9z" fill="currentColor" />
      {bang('var(--color-surface)')}
    </>
  ),
  major: (
    <>
      <path d="M8 1 15.6 14.6H0.4z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      {bang('var(--color-surface)', 5.4)}
    </>
  ),
  minor: (
    <>
      <path
        d="M8 0.9 15.1 8 8 15.1 0.9 8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
      {bang('currentColor')}
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="8" cy="4.8" r="1.05" fill="currentColor" />
      <rect x="7.15" y="7" width="1.7" height="4.8" rx="0.85" fill="currentColor" />
    </>
  ),
  ok: (
    <path
      d="M2.6 8.6 6.4 12.2 13.4 4.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.6 1.67" />
      <path
        d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.9.6-.9 1.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
      <circle cx="8" cy="11.6" r="0.95" fill="currentColor" />
    </>
  ),
};
