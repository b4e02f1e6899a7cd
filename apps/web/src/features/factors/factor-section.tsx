'use client';

import { useState } from 'react';
import { listed } from '../../lib/words/list.ts';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { AppDialog } from './app-dialog.tsx';
import { FactorItem } from './factor-item.tsx';
import { PasskeyDialog } from './passkey-dialog.tsx';
import { ownFactorsQuery } from './queries.ts';
import { RenewDialog } from './renew-dialog.tsx';

/** The person's own second factors and recovery codes. */
export function FactorSection() {
  const { data, error, refetch } = useQuery(ownFactorsQuery());
  const [open, setOpen] = useState<'app' | 'passkey' | 'renew' | null>(null);
  const close = () => setOpen(null);
  const refusalOf = (kind: 'totp' | 'passkey') =>
    data === undefined || data.policy.accepts.includes(kind)
      ? null
      : t('kindNotAccepted', { operator: data.policy.operator });
  return (
    <Section
      title={t('title')}
      actions={
        <>
          <Button onClick={() => setOpen('passkey')} disabledReason={refusalOf('passkey')}>
            {t('addPasskey')}
          </Button>
          <Button onClick={() => setOpen('app')} disabledReason={refusalOf('totp')}>
            {t('addApp')}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2">{t('about')}</p>
      {data !== undefined && (
        <p className="mb-3 text-ink-2">
          {t(data.policy.required ? 'acceptsRequired' : 'acceptsOnly', {
            operator: data.policy.operator,
            kinds: listed(
              data.policy.accepts.map((one) => t.group('acceptable')[one]),
              'or',
            ),
          })}
        </p>
      )}
      {data === undefined ? (
        error === null ? (
          <Loading what={t('lower')}>
            <Bone className="h-9" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : data.items.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <>
          <ul className="rounded-md border border-line">
            {data.items.map((item) => (
              <FactorItem key={item.id} item={item} isLast={data.items.length === 1} operator={data.policy.operator} />
            ))}
          </ul>
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <span className="text-sm text-ink-2">{t('codesLeft', { count: data.recoveryCodesLeft })}</span>
            <Button size="sm" onClick={() => setOpen('renew')}>
              {t('renew')}
            </Button>
          </div>
        </>
      )}
      {open === 'passkey' && <PasskeyDialog close={close} />}
      {open === 'app' && <AppDialog close={close} />}
      {open === 'renew' && <RenewDialog close={close} />}
    </Section>
  );
}
