/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */

import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A part of the page that scrolls by itself. It can be focused, because otherwise a keyboard could not scroll it. */
export function ScrollBox(props: { label: string; sideways?: boolean; className?: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={props.label}
      tabIndex={0}
      className={cx(props.sideways ? 'scroll-shadow-x' : 'overflow-y-auto overscroll-contain', props.className)}
    >
      {props.children}
    </div>
  );
}
