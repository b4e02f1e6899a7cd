'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ownFactorsQuery } from './queries.ts';
import { RenameDialog } from './rename-dialog.tsx';

type Item = ResponseOf<'listOwnFactors'>['items'][number];

/** One second factor, and a way to remove it. */
export function FactorItem({ item, isLast, operator }: { item: Item; isLast: boolean; operator: string }) {
  const client = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const { name } = item;
  const mutation = useMutation({
    mutationFn: () => call(endpoints.removeOwnFactor, { params: { factorId: item.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ownFactorsQuery().queryKey });
      toast(t('removed', { name }));
      setAsking(false);
    },
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 first:border-t-0">
      <span className="min-w-0 flex-1 basis-52">
        <span className="block truncate font-medium">{name}</span>
        <span className="block text-sm text-ink-3">
          {t(item.kind === 'passkey' ? 'passkey' : 'app')} ·{' '}
          {t.rich('added', { moment: <Moment at={item.addedAt} siteZone={null} /> })} ·{' '}
          {item.lastUsedAt === null
            ? t('neverUsed')
            : t.rich('lastUsed', { moment: <Moment at={item.lastUsedAt} siteZone={null} /> })}
          {!item.accepted && ` · ${t('notAccepted', { operator })}`}
        </span>
      </span>
      <Button size="sm" onClick={() => setRenaming(true)}>
        {t('rename')}
      </Button>
      {renaming && <RenameDialog item={item} close={() => setRenaming(false)} />}
      <Button
        size="sm"
        onClick={() => setAsking(true)}
        disabledReason={item.neededBy === null ? null : t('needed', { operator: item.neededBy })}
      >
        {t('remove')}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        onOpenChange={setAsking}
        title={t('removeTitle', { name })}
        yes={t('remove')}
        mutation={mutation}
      >
        <p>{t(item.kind === 'passkey' ? 'removePasskeyAbout' : 'removeAbout')}</p>
        {isLast && <p>{t('removeLast')}</p>}
      </ConfirmDialog>
    </li>
  );
}
