'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { allHeldAlertsQuery } from '../queries.ts';
import { HELD_COLUMNS } from './columns.tsx';
import { t } from '../../../messages/alerts.ts';
import { t as common } from '../../../messages/common.ts';

const CRUMBS = [{ href: '/incidents', label: common('incidents') }];

/** What is wrong and told to nobody, with the reason: the answer to "why was I not paged?". */
export function HeldPage() {
  const list = useInfiniteQuery(allHeldAlertsQuery());
  return (
    <>
      <PageHeader crumbs={CRUMBS} title={t('suppressedAlerts')} description={t('alertsWithoutNotificationTheir')} />
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <ListTable
          list={list}
          what={t('alerts')}
          caption={t('suppressedAlertsTheirReason')}
          columns={HELD_COLUMNS}
          rowKey={(row) => row.id}
          empty={
            <Empty icon={<CircleCheck />} title={t('noSuppressedAlerts')}>
              {t('everyAlertIncidentOwn')}
            </Empty>
          }
        />
      </div>
    </>
  );
}
