'use client';

import { Hint } from './hint.tsx';
import { t } from '../messages/common.ts';

/** A value that is not there, and why: a dash, never a zero. */
export function Absent({ why, spelled = false }: { why: string; spelled?: boolean }) {
  if (spelled) {
    return (
      <span className="text-ink-3">
        <span aria-hidden="true">— </span>
        {why}
      </span>
    );
  }
  return (
    <Hint text={t('unknownBecause', { why })}>
      <span className="text-ink-3">
        <span aria-hidden="true">—</span>
        <span className="sr-only">{t('unknownBecause', { why })}</span>
      </span>
    </Hint>
  );
}
