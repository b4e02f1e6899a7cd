'use client';

import { Keyboard } from 'lucide-react';
import { showShortcuts } from '../../../lib/shortcut-help.ts';
import { countsWords } from '../../../lib/words/incident.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/incidents.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { HeldLink, MonitoringBanner, ReachesNobodyBanner, useIncidentCounts } from '../../alerts/index.ts';
import { useIncidentActions } from './bulk-actions.tsx';
import { InboxEmpty } from './inbox-empty.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import { INCIDENTS } from './list.ts';

/** Everything that wants attention, most urgent first. */
export function IncidentsPage() {
  const counts = useIncidentCounts();
  const actions = useIncidentActions();
  return (
    <>
      <PageHeader
        title={common('incidents')}
        description={counts === undefined ? t('incidentsNeedAttentionMost') : countsWords(counts)}
        actions={
          <>
            <HeldLink />
            <span className="max-sm:hidden">
              <IconButton
                label={t('keyboardShortcuts')}
                icon={<Keyboard aria-hidden="true" className="size-5" strokeWidth={1.75} />}
                onClick={showShortcuts}
              />
            </span>
          </>
        }
      />
      <MonitoringBanner />
      <ReachesNobodyBanner />
      <Grid
        list={INCIDENTS}
        bulk={actions}
        renderPanel={(incident) => <IncidentPanel incident={incident} />}
        empty={<InboxEmpty />}
      />
    </>
  );
}
