'use client';

import { endpoints, type Policy } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Route } from 'lucide-react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useAnnounce } from '../../lib/announce/announcer.tsx';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { moved } from '../../lib/forms/moved.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure, FailureNote } from '../../ui/state-panel.tsx';
import { matchWords, type Names, useNames } from '../matching/index.ts';
import { CopyList, publishedPoliciesQuery } from '../ownership/index.ts';
import { useRefusal } from '../session/index.ts';
import { PolicyCard } from './policy-card.tsx';
import { policiesQuery } from './queries.ts';
import { t } from '../../messages/policies.ts';

export function PoliciesPage() {
  const { data, error, refetch } = useQuery(policiesQuery());
  const names = useNames(data?.items.map(({ match }) => match));
  const refusal = useRefusal('policies.write');
  const plus = <Plus aria-hidden="true" className="size-4" />;
  return (
    <>
      <PageHeader
        title={t('policies')}
        description={t('whoNotifiedAboutWhat')}
        actions={
          refusal === null ? (
            <ButtonLink href="/alerting/policies/new" look="primary" icon={plus}>
              {t('addAPolicy')}
            </ButtonLink>
          ) : (
            <Button look="primary" disabledReason={refusal} icon={plus}>
              {t('addAPolicy')}
            </Button>
          )
        }
      />
      {data === undefined ? (
        error === null ? (
          <Loading what={t('policies2')} className="flex flex-col gap-3">
            <Bone className="h-36 w-full" />
            <Bone className="h-36 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : data.items.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty icon={<Route />} title={t('noPoliciesYet')}>
            {t('incidentsAppearConsoleWebhooks')}
          </Empty>
        </div>
      ) : (
        <List policies={data.items} names={names} movable={refusal === null} />
      )}
      <Shared names={names} refusal={refusal} />
    </>
  );
}

const isOwned = ({ ownership }: Policy): boolean => ownership === 'owned';

function Shared({ names, refusal }: { names: Names | undefined; refusal: string | null }) {
  const { data, error, refetch } = useQuery(publishedPoliciesQuery());
  const items = data?.items.map((policy) => ({
    ...policy,
    about: names !== undefined && matchWords(policy.match, names),
  }));
  const copy = (publicationId: string, name: string) =>
    call(endpoints.copyPublishedPolicy, { params: { publicationId }, body: { name } });
  return <CopyList items={items} error={error} retry={refetch} refusal={refusal} copy={copy} />;
}

function List({ policies, names, movable }: { policies: Policy[]; names: Names | undefined; movable: boolean }) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const order = useMutation({
    mutationFn: (items: Policy[]) =>
      call(endpoints.orderPolicies, { body: { ids: items.filter(isOwned).map(({ id }) => id) } }),
    onMutate: (items) => client.setQueryData(policiesQuery().queryKey, { items }),
    onSettled: () => client.invalidateQueries({ queryKey: policiesQuery().queryKey }),
  });
  // Locked ones stay first, and the default last, whatever happens between.
  const begin = policies.findIndex(isOwned);
  const last = policies.findIndex((policy) => policy.isDefault);
  const end = last < 0 ? policies.length : last;
  const move = (from: number, to: number) => () => {
    order.mutate(moved(policies, from, to));
    announce(t('isNowNumber', { name: policies[from]?.name ?? '', to: to + 1 }));
  };
  return (
    <>
      {order.error !== null && <FailureNote told={tell(order.error)} />}
      <ol className="flex flex-col gap-3">
        {policies.map((policy, index) => (
          <PolicyCard
            key={policy.id}
            policy={policy}
            names={names}
            up={movable && !policy.isDefault && isOwned(policy) && index > begin ? move(index, index - 1) : null}
            down={movable && !policy.isDefault && isOwned(policy) && index + 1 < end ? move(index, index + 1) : null}
          />
        ))}
      </ol>
    </>
  );
}
