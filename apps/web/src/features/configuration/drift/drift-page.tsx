'use client';

import type { ConfigDriftView } from '@loopstart/contracts';
import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useInfiniteQuery, useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { useRefusal } from '../../session/index.ts';
import { GatewayLink } from '../gateway/gateway-link.tsx';
import { openDriftsQuery, waitingReadsQuery } from '../queries.ts';
import { AdoptDialog } from './adopt-dialog.tsx';
import { DriftDialog, type DriftDecision } from './drift-dialog.tsx';
import { DriftKeys } from './drift-keys.tsx';

type Doing = { decision: DriftDecision | 'adopt'; drift: ConfigDriftView };

/** Configuration → Drift: gateways whose configuration somebody changed elsewhere. */
export function DriftPage() {
  const list = useInfiniteQuery(openDriftsQuery());
  const waiting = useQuery(waitingReadsQuery()).data?.total ?? 0;
  const refusals = { deploy: useRefusal('configuration.deploy'), write: useRefusal('configuration.write') };
  const [doing, setDoing] = useState<Doing | null>(null);
  return (
    <>
      <PageHeader title={t('drift')} description={t('driftAbout')} />
      {waiting > 0 && <p className="mb-4 text-sm text-ink-2">{t('readsWaiting', { count: waiting })}</p>}
      <Section title={t('drift')} flush>
        <ListTable
          list={list}
          what={t('driftLower')}
          caption={t('drift')}
          columns={columns(refusals, setDoing)}
          rowKey={({ id }) => id}
          empty={
            <Empty icon={<GitCompareArrows />} title={t('noDrift')}>
              {t('noDriftAbout')}
            </Empty>
          }
        />
      </Section>
      {doing?.decision === 'adopt' && <AdoptDialog drift={doing.drift} onClose={() => setDoing(null)} />}
      {doing !== null && doing.decision !== 'adopt' && (
        <DriftDialog drift={doing.drift} decision={doing.decision} onClose={() => setDoing(null)} />
      )}
    </>
  );
}

const columns = (
  refusals: Record<'deploy' | 'write', string | null>,
  act: (doing: Doing) => void,
): Column<ConfigDriftView>[] => [
  {
    id: 'gateway',
    header: t('gateway'),
    rowHeader: true,
    card: 'title',
    cell: ({ gateway }) => <GatewayLink gateway={gateway} />,
  },
  { id: 'found', header: t('found'), cell: ({ foundAt }) => <Moment at={foundAt} siteZone={null} /> },
  {
    id: 'keys',
    header: t('changedElsewhere'),
    card: 'line',
    cell: (drift) => <DriftKeys drift={drift} />,
  },
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: (drift) => (
      <div className="flex flex-wrap gap-2">
        <Button size="sm" disabledReason={refusals.write} onClick={() => act({ decision: 'adopt', drift })}>
          {t('adopt')}
        </Button>
        <Button size="sm" disabledReason={refusals.deploy} onClick={() => act({ decision: 'overwrite', drift })}>
          {t('overwrite')}
        </Button>
        <Button
          size="sm"
          look="quiet"
          disabledReason={refusals.deploy}
          onClick={() => act({ decision: 'ignore', drift })}
        >
          {t('ignore')}
        </Button>
      </div>
    ),
  },
];
