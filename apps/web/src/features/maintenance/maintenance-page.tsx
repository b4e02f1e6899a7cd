'use client';

import type { MaintenanceWindow } from '@loopstart/contracts';
import { Plus, Wrench } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button } from '../../ui/button.tsx';
import { Grid } from '../../ui/grid/grid.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { Calendar } from './calendar.tsx';
import { maintenanceActs } from './columns.tsx';
import { EndDialog } from './end-dialog.tsx';
import { CalendarFilters } from './filters.schema.ts';
import { MaintenanceDialog } from './maintenance-dialog.tsx';
import { MAINTENANCE } from './maintenance-list.ts';
import { MaintenancePanel } from './maintenance-panel.tsx';
import { t } from '../../messages/maintenance.ts';

export function MaintenancePage() {
  const { filters, set } = useFilters(CalendarFilters);
  const refusal = useRefusal('maintenance.write');
  const [adding, setAdding] = useState(false);
  const [edited, setEdited] = useState<MaintenanceWindow | null>(null);
  const [ended, setEnded] = useState<MaintenanceWindow | null>(null);
  const list = useMemo(
    () => ({
      ...MAINTENANCE,
      columns: [...MAINTENANCE.columns, maintenanceActs({ edit: setEdited, end: setEnded, refusal })],
    }),
    [refusal],
  );
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
      <section aria-labelledby="maintenance-windows" className="flex flex-col gap-2.5">
        <h2 id="maintenance-windows" className="font-semibold">
          {t('windows')}
        </h2>
        <Grid
          list={list}
          renderPanel={(window) => <MaintenancePanel window={window} />}
          empty={
            <Empty icon={<Wrench />} title={t('noMaintenancePlanned')}>
              {t('planWindowBeforeUnplug')}
            </Empty>
          }
        />
      </section>
      <MaintenanceDialog open={adding} onOpenChange={setAdding} />
      {edited !== null && <MaintenanceDialog open window={edited} onOpenChange={() => setEdited(null)} />}
      <EndDialog window={ended} onClose={() => setEnded(null)} />
    </>
  );
}
