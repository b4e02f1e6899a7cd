'use client';

import type { MaintenanceWindow } from '@loopstart/contracts';
import { Plus, Wrench } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { useRefusal } from '../session/index.ts';
import { Calendar } from './calendar.tsx';
import { maintenanceColumns } from './columns.tsx';
import { EndDialog } from './end-dialog.tsx';
import { MaintenanceFilters } from './filters.schema.ts';
import { MaintenanceDialog } from './maintenance-dialog.tsx';
import { maintenanceQuery } from './queries.ts';
import { WINDOW_STATE_WORDS } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

export function MaintenancePage() {
  const { filters, set } = useFilters(MaintenanceFilters);
  const list = useInfiniteQuery(maintenanceQuery(filters.state));
  const refusal = useRefusal('maintenance.write');
  const [adding, setAdding] = useState(false);
  const [edited, setEdited] = useState<MaintenanceWindow | null>(null);
  const [ended, setEnded] = useState<MaintenanceWindow | null>(null);
  const columns = useMemo(() => maintenanceColumns({ edit: setEdited, end: setEnded, refusal }), [refusal]);
  return (
    <>
      <PageHeader
        title={t('maintenance')}
        description={t('problemsDuringMaintenanceWindow')}
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('planMaintenance')}
          </Button>
        }
      />
      <Calendar view={filters.view} month={filters.month} set={set} />
      <Section
        title={t('windows')}
        flush
        actions={
          <FilterChoice
            label={common('state')}
            value={filters.state}
            options={WINDOW_STATE_WORDS}
            onChange={(state) => set({ state })}
          />
        }
      >
        <ListTable
          list={list}
          what={t('windows2')}
          caption={t('maintenanceWindows')}
          columns={columns}
          rowKey={(row) => row.id}
          empty={
            filters.state === undefined ? (
              <Empty icon={<Wrench />} title={t('noMaintenancePlanned')}>
                {t('planWindowBeforeUnplug')}
              </Empty>
            ) : (
              <Empty
                title={t('noWindowsMatchFilters')}
                action={<Button onClick={() => set({ state: undefined })}>{t('showAll')}</Button>}
              />
            )
          }
        />
      </Section>
      <MaintenanceDialog open={adding} onOpenChange={setAdding} />
      {edited !== null && <MaintenanceDialog open window={edited} onOpenChange={() => setEdited(null)} />}
      <EndDialog window={ended} onClose={() => setEnded(null)} />
    </>
  );
}
