import { t } from '../../messages/factors.ts';
import { KeyBox } from '../../ui/key-box.tsx';

/** Recovery codes, this once. */
export function CodesView({ codes }: { codes: readonly string[] }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">
        {t.rich('codesAbout', { strong: <strong className="font-semibold text-ink" /> })}
      </p>
      <div className="whitespace-pre-line">
        <KeyBox label={t('codesTitle')} text={codes.join('\n')} />
      </div>
    </div>
  );
}
