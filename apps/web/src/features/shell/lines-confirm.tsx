'use client';

import { useEffect, useState } from 'react';
import { onLinesToConfirm, type Touched } from '../../lib/api/confirm-lines.ts';
import { t } from '../../messages/shell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before an act that reaches many lines: how many, and how many lives or buildings depend on. */
export function LinesConfirm() {
  const [asked, setAsked] = useState<{ touched: Touched; answer: (yes: boolean) => void } | null>(null);
  useEffect(() => onLinesToConfirm((touched) => new Promise((resolve) => setAsked({ touched, answer: resolve }))), []);
  const answer = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(null);
  };
  return (
    <Dialog
      alert
      open={asked !== null}
      onOpenChange={() => answer(false)}
      title={t('reachesManyLines')}
      footer={
        <>
          <Button onClick={() => answer(false)}>{t('doNothing')}</Button>
          <Button look="danger" onClick={() => answer(true)}>
            {t('goOn')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        {asked !== null && t('linesReached', { lines: asked.touched.lines, lifeSafety: asked.touched.lifeSafetyLines })}
      </p>
    </Dialog>
  );
}
