import type { Ownership } from '@loopstart/contracts';
import { Lock } from 'lucide-react';
import { t } from '../../messages/library.ts';

/** Says on the page of a locked object why nothing on it can be changed. */
export function LockedBanner({ version }: Pick<Ownership, 'version'>) {
  return (
    <div className="flex items-start gap-2.5 rounded-lg border border-line bg-sunken px-3.5 py-2.5 text-sm">
      <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-2" />
      <div className="min-w-0">
        <p className="font-semibold text-ink">{t('lockedTitle')}</p>
        <p className="text-ink-2">{t('lockedAbout', { version: version ?? 0 })}</p>
      </div>
    </div>
  );
}
