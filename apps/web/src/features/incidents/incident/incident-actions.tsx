'use client';

import { endpoints, type IncidentSummary } from '@loopstart/contracts';
import { AlarmClock, Check, Undo2, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusals } from '../../session/index.ts';
import { useIncidentAct } from '../use-incident-act.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { actionsShown, refusalOf } from './offers.ts';
import { SnoozeDialog } from './snooze-dialog.tsx';
import { t } from '../../../messages/incidents.ts';

const ICON = 'size-4';

/** What a person can do about an incident. What may not be done stays in sight with its reason. */
export function IncidentActions({ incident }: { incident: IncidentSummary }) {
  const rightRefusal = useRefusals();
  const announce = useAnnounce();
  const { act, pending, failure, forget } = useIncidentAct();
  const [open, setOpen] = useState<'assign' | 'snooze' | null>(null);
  const params = { incidentId: incident.id };

  const go = async (what: string, said: string, ask: Parameters<typeof act>[1]) => {
    if ((await act(what, ask)) !== null) announce(said);
  };
  const show = (dialog: 'assign' | 'snooze') => {
    forget();
    setOpen(dialog);
  };
  const shown = actionsShown(incident.attention);
  if (shown.length === 0) return null;
  return (
    <div className="flex flex-col items-end gap-2">
      <div className="flex flex-wrap gap-2 sm:justify-end">
        {shown.includes('withdraw') ? (
          <Button
            icon={<Undo2 aria-hidden="true" className={ICON} />}
            disabledReason={refusalOf('withdraw', incident, rightRefusal('incidents.acknowledge'))}
            pending={pending === 'withdraw'}
            onClick={() =>
              void go('withdraw', t('acknowledgementWithdrawn'), () =>
                call(endpoints.withdrawAcknowledgement, { params }),
              )
            }
          >
            {t('withdrawAcknowledgement')}
          </Button>
        ) : (
          <Button
            look="primary"
            icon={<Check aria-hidden="true" className={ICON} />}
            disabledReason={refusalOf('acknowledge', incident, rightRefusal('incidents.acknowledge'))}
            pending={pending === 'acknowledge'}
            onClick={() =>
              void go('acknowledge', t('acknowledged'), () => call(endpoints.acknowledgeIncident, { params, body: {} }))
            }
          >
            {pending === 'acknowledge' ? t('acknowledging') : t('acknowledge')}
          </Button>
        )}
        <Button
          icon={<UserRound aria-hidden="true" className={ICON} />}
          disabledReason={refusalOf('assign', incident, rightRefusal('incidents.assign'))}
          onClick={() => show('assign')}
        >
          {t('assign')}
        </Button>
        {shown.includes('unsnooze') ? (
          <Button
            icon={<AlarmClock aria-hidden="true" className={ICON} />}
            disabledReason={refusalOf('unsnooze', incident, rightRefusal('incidents.snooze'))}
            pending={pending === 'unsnooze'}
            onClick={() =>
              void go('unsnooze', t('theSnoozeEnded'), () =>
                call(endpoints.snoozeIncident, { params, body: { until: null } }),
              )
            }
          >
            {t('endTheSnooze')}
          </Button>
        ) : (
          <Button
            icon={<AlarmClock aria-hidden="true" className={ICON} />}
            disabledReason={refusalOf('snooze', incident, rightRefusal('incidents.snooze'))}
            onClick={() => show('snooze')}
          >
            {t('snooze')}
          </Button>
        )}
      </div>
      {failure !== null && open === null && <FailureNote told={failure} />}
      {open === 'assign' && <AssignDialog incident={incident} onClose={() => setOpen(null)} />}
      {open === 'snooze' && <SnoozeDialog incident={incident} onClose={() => setOpen(null)} />}
    </div>
  );
}
