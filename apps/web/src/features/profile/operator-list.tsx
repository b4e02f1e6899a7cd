'use client';

import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { ownOperatorsQuery } from './queries.ts';
import { useSwitch } from './use-switch.ts';

/** Where the person works, and a way to each. */
export function OperatorList() {
  const { data, error, refetch } = useQuery(ownOperatorsQuery());
  const change = useSwitch();
  if (data === undefined)
    return error === null ? (
      <Loading what={t('organisationsLower')}>
        <Bone className="m-4 h-9" />
      </Loading>
    ) : (
      <Failure error={error} retry={refetch} />
    );
  return (
    <ul>
      {data.items.map(({ id, name, current }) => (
        <li key={id} className="flex items-center gap-3 border-t border-line px-4 py-2 first:border-t-0">
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          {current ? (
            <span className="text-sm text-ink-3">{t('hereNow')}</span>
          ) : (
            <Button size="sm" onClick={() => void change(id)}>
              {t('switchTo')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
