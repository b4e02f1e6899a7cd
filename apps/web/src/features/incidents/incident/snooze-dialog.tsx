'use client';

import { endpoints, type IncidentSummary } from '@loopstart/contracts';
import { useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { useNow } from '../../../lib/clock/now.tsx';
import { fullMoment } from '../../../lib/format/time.ts';
import { useZone } from '../../../lib/preferences/zone.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { AreaField } from '../../../ui/field.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useIncidentAct } from '../use-incident-act.ts';
import { SNOOZE_MS } from './snooze.ts';
import { SnoozeChoice } from './snooze-choice.tsx';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

/** Asks until when nobody is to be told. */
export function SnoozeDialog({ incident, onClose }: { incident: IncidentSummary; onClose: () => void }) {
  const siteZone = incident.place.site?.timeZone ?? null;
  const zone = useZone(siteZone);
  const nowMs = useNow(60_000);
  const announce = useAnnounce();
  const { act, pending, failure } = useIncidentAct();
  const [untilMs, setUntilMs] = useState<number | null>(nowMs + SNOOZE_MS);
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);

  const snooze = async () => {
    if (untilMs === null) return setMissing(true);
    const body = { until: new Date(untilMs).toISOString(), ...(comment.trim() === '' ? {} : { comment }) };
    const saved = await act('snooze', () =>
      call(endpoints.snoozeIncident, { params: { incidentId: incident.id }, body }),
    );
    if (saved === null) return;
    announce(t('snoozedUntil', { fullMoment: fullMoment(untilMs, zone) }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('snooze')}
      description={t('nobodyPagedAboutThen')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" pending={pending !== null} onClick={() => void snooze()}>
            {pending === null ? t('snooze') : t('snoozing')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SnoozeChoice
          siteZone={siteZone}
          missing={missing}
          onChange={(end) => {
            setUntilMs(end);
            setMissing(false);
          }}
        />
        <AreaField
          label={common('reason')}
          name="comment"
          optional
          rows={2}
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          hint={t('colleaguesReadTimeline')}
        />
        {failure !== null && <FailureNote told={failure} />}
      </div>
    </Dialog>
  );
}
