'use client';

import { CircleCheck } from 'lucide-react';
import { t } from '../../../messages/alerts.ts';
import { t as common } from '../../../messages/common.ts';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { HeldPanel } from './held-panel.tsx';
import { HELD } from './list.ts';

const CRUMBS = [{ href: '/incidents', label: common('incidents') }];

/** Open alerts that notify no one, with the reason: the answer to "why was I not paged?". */
export function HeldPage() {
  return (
    <>
      <PageHeader crumbs={CRUMBS} title={t('suppressedAlerts')} description={t('alertsWithoutNotificationTheir')} />
      <Grid
        list={HELD}
        renderPanel={(alert) => <HeldPanel alert={alert} />}
        empty={
          <Empty icon={<CircleCheck />} title={t('noSuppressedAlerts')}>
            {t('everyAlertIncidentOwn')}
          </Empty>
        }
      />
    </>
  );
}
