import type { ConfigKeyChange } from '@loopstart/contracts';
import type { z } from 'zod';
import { t } from '../../../messages/configuration.ts';
import { ValueChange } from '../setting/value-change.tsx';

type Change = z.output<typeof ConfigKeyChange>;

/** Keys of a vendor's own language before and after; secrets only as changed. */
export function KeyChanges({ keys, total = keys.length }: { keys: readonly Change[]; total?: number }) {
  return (
    <>
      <ul className="flex flex-col gap-1 font-mono text-xs">
        {keys.map(({ key, before, after, isSecret }) => (
          <li key={key} className="wrap-anywhere">
            <span className="text-ink-2">{key}</span>{' '}
            {isSecret ? (
              t('secretChanges')
            ) : (
              <ValueChange before={before ?? t('absentKey')} after={after ?? t('absentKey')} />
            )}
          </li>
        ))}
      </ul>
      {total > keys.length && (
        <p className="mt-1 text-sm text-ink-3">{t('moreKeys', { count: total - keys.length })}</p>
      )}
    </>
  );
}
