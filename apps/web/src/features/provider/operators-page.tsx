'use client';

import type { ProviderOperator } from '@loopstart/contracts';
import { Building2, Lock } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/provider.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useUser } from '../session/index.ts';
import { Used, UsedBytes } from './amounts.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { OwnerDialog } from './owner-dialog.tsx';
import { QuotasDialog } from './quotas-dialog.tsx';
import { operatorsQuery } from './queries.ts';
import { DeletionButton, RemoveDialog } from './remove-dialog.tsx';
import { ResumeButton, SuspendDialog } from './suspend-dialog.tsx';
import { Trail } from './trail.tsx';

/** Settings → Operators: for who runs the installation. */
export function OperatorsPage() {
  const { provider } = useUser();
  if (provider) return <Page />;
  return (
    <Empty icon={<Lock />} title={t('notAllowed')}>
      {t('notProvider')}
    </Empty>
  );
}

type Doing = { what: 'create' } | { what: 'quotas' | 'suspend' | 'owner' | 'remove'; operator: ProviderOperator };

function Page() {
  const operators = useQuery(operatorsQuery());
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      <PageHeader
        title={t('operators')}
        description={t('about')}
        actions={
          <Button
            look="primary"
            onClick={() => setDoing({ what: 'create' })}
            icon={<Building2 aria-hidden="true" className="size-4" />}
          >
            {t('create')}
          </Button>
        }
      />
      <Section title={t('operators')} flush>
        {operators.data === undefined ? (
          operators.error === null ? (
            <Loading what={t('operatorsLower')}>
              <Bone className="h-72 w-full" />
            </Loading>
          ) : (
            <Failure error={operators.error} retry={operators.refetch} />
          )
        ) : operators.data.items.length === 0 ? (
          <Empty title={t('none')} />
        ) : (
          <DataTable
            caption={t('operators')}
            columns={columns(setDoing)}
            rows={operators.data.items}
            rowKey={({ id }) => id}
          />
        )}
      </Section>
      <Trail />
      {doing?.what === 'create' && <CreateDialog onClose={close} />}
      {doing?.what === 'quotas' && <QuotasDialog operator={doing.operator} onClose={close} />}
      {doing?.what === 'suspend' && <SuspendDialog operator={doing.operator} onClose={close} />}
      {doing?.what === 'remove' && <RemoveDialog operator={doing.operator} onClose={close} />}
      {doing?.what === 'owner' && <OwnerDialog operator={doing.operator} onClose={close} />}
    </>
  );
}

const columns = (act: (doing: Doing) => void): Column<ProviderOperator>[] => [
  { id: 'name', header: t('name'), rowHeader: true, card: 'title', cell: ({ name }) => name },
  { id: 'state', header: t('state'), cell: (operator) => <State operator={operator} /> },
  {
    id: 'members',
    header: t('members'),
    cell: ({ members }) => (members === 0 ? <Tag>{t('noMember')}</Tag> : members),
  },
  {
    id: 'lines',
    header: t('lines'),
    cell: ({ usage, quotas }) => <Used used={usage.ports} quota={quotas.ports} />,
  },
  {
    id: 'agents',
    header: t('agents'),
    cell: ({ usage, quotas }) => <Used used={usage.agents} quota={quotas.agents} />,
  },
  {
    id: 'storage',
    header: t('storage'),
    cell: ({ usage, quotas }) => <UsedBytes used={usage.storageBytes} quota={quotas.storageBytes} />,
  },
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: (operator) => (
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => act({ what: 'quotas', operator })}>
          {t('quotas')}
        </Button>
        {operator.members === 0 && (
          <Button size="sm" onClick={() => act({ what: 'owner', operator })}>
            {t('inviteOwner')}
          </Button>
        )}
        {operator.suspension === null ? (
          <Button
            size="sm"
            disabledReason={operator.deletion?.byProvider === true ? t('objectFirst') : null}
            onClick={() => act({ what: 'suspend', operator })}
          >
            {t('suspend')}
          </Button>
        ) : (
          <ResumeButton operator={operator} />
        )}
        <DeletionButton operator={operator} onRequest={() => act({ what: 'remove', operator })} />
      </div>
    ),
  },
];

function State({ operator: { suspension, deletion } }: { operator: ProviderOperator }) {
  if (deletion !== null)
    return (
      <>
        <Tag tone="critical">{t('toBeDeleted')}</Tag>
        <span className="block text-sm text-ink-3">
          {t('deletedFrom')} <Moment at={deletion.dueAt} siteZone={null} />
        </span>
      </>
    );
  if (suspension === null) return t('active');
  return (
    <>
      <Tag>{t('suspended')}</Tag>
      <span className="block text-sm text-ink-3">{suspension.reason}</span>
    </>
  );
}
