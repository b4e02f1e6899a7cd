'use client';

import { CONFIG_EDITS_PER_REQUEST_MAX } from '@loopstart/contracts';
import { t } from '../../../messages/config-lines.ts';
import { Button } from '../../../ui/button.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import type { Sheet } from './use-sheet.ts';

/** What was changed in the sheet, what is wrong with it, and the way into the draft. */
export function SheetBar(props: {
  sheet: Sheet;
  /** What a key has just done. */
  said: string;
  pending: boolean;
  refusal: string | null;
  onSave: () => void;
  onGoToWrong: () => void;
}) {
  const { sheet, said, pending, refusal, onSave, onGoToWrong } = props;
  const { changes, problems } = sheet;
  const cells = changes.size;
  const lines = new Set([...changes.keys()].map((key) => key.split(' ').slice(0, 2).join(' '))).size;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5">
      <div className="min-w-0 flex-1 text-sm">
        <p role="status">
          {said !== '' && <span className="mr-2 font-medium">{said}</span>}
          {cells > 0 && <span className="text-ink-2">{t('changedCells', { cells, lines })}</span>}
        </p>
        {problems.size > 0 ? (
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2">
            <SeverityLabel severity="critical">{t('wrongCells', { count: problems.size })}</SeverityLabel>
            <button type="button" onClick={onGoToWrong} className="min-h-6 underline underline-offset-2">
              {t('goToWrong')}
            </button>
          </p>
        ) : (
          cells === 0 && <p className="text-xs text-ink-3">{t('keys')}</p>
        )}
      </div>
      {cells > 0 && (
        <Button look="quiet" onClick={sheet.clear}>
          {t('undoAll')}
        </Button>
      )}
      <Button
        look="primary"
        pending={pending}
        disabledReason={refusal ?? saveRefusal(cells, problems.size)}
        onClick={onSave}
      >
        {t('save')}
      </Button>
    </div>
  );
}

/** Why the changes cannot go into the draft; null where they can. */
function saveRefusal(cells: number, wrong: number): string | null {
  if (cells === 0) return t('nothingChanged');
  if (wrong > 0) return t('wrongFirst');
  return cells > CONFIG_EDITS_PER_REQUEST_MAX ? t('tooMany', { max: CONFIG_EDITS_PER_REQUEST_MAX }) : null;
}
