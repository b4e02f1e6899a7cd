'use client';

import type { Token } from '@loopstart/contracts';
import { PERMISSIONS } from '@loopstart/domain';
import { t } from '../../messages/tokens.ts';

/** How many rights a token has, and which, on request; and what its owner takes from it. */
export function RightsFact({ token: { permissions, withheld } }: { token: Token }) {
  const reads = permissions.every((one) => one.endsWith('.read'));
  return (
    <>
      {permissions.length === 0 ? (
        t('noRights')
      ) : (
        <details>
          <summary className="cursor-pointer rounded-sm">
            {t('rightsCount', { count: permissions.length })}
            {reads && <span className="text-ink-2"> ({t('readsOnly')})</span>}
          </summary>
          <ul className="mt-1 list-disc pl-5 text-sm text-ink-2">
            {permissions.map((one) => (
              <li key={one}>{PERMISSIONS[one]}</li>
            ))}
          </ul>
        </details>
      )}
      {withheld.length > 0 && (
        <p className="mt-1 text-sm text-ink-2">
          {t('withheld', { count: withheld.length, rights: withheld.map((one) => PERMISSIONS[one]).join(', ') })}
        </p>
      )}
    </>
  );
}
