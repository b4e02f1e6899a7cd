'use client';

import { endpoints, type IncidentSummary } from '@loopstart/contracts';
import { useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useUser } from '../../session/index.ts';
import { useIncidentAct } from '../use-incident-act.ts';
import { NOBODY, PersonChoice } from './person-choice.tsx';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

/** Gives an incident to somebody, or to nobody. */
export function AssignDialog({ incident, onClose }: { incident: IncidentSummary; onClose: () => void }) {
  const user = useUser();
  const announce = useAnnounce();
  const { act, pending, failure } = useIncidentAct();
  const [chosen, setChosen] = useState(incident.assignedTo?.id ?? user.id);

  const assign = async () => {
    const saved = await act('assign', () =>
      call(endpoints.assignIncident, {
        params: { incidentId: incident.id },
        body: { userId: chosen === NOBODY ? null : chosen },
      }),
    );
    if (saved === null) return;
    announce(
      saved.assignedTo === null ? t('incidentAssignedNobody') : t('incidentAssigned', { name: saved.assignedTo.name }),
    );
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('assignTheIncident')}
      description={incident.title}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" pending={pending !== null} onClick={() => void assign()}>
            {pending === null ? t('assign') : t('assigning')}
          </Button>
        </>
      }
    >
      <PersonChoice value={chosen} onChange={setChosen} />
      {failure !== null && <FailureNote told={failure} />}
    </Dialog>
  );
}
