'use client';

import { endpoints, type Incident } from '@loopstart/contracts';
import { useId, useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { useNow } from '../../../lib/clock/now.tsx';
import { fullMoment, moment } from '../../../lib/format/time.ts';
import { useZone } from '../../../lib/preferences/zone.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { AreaField, TextField } from '../../../ui/field.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useIncidentAct } from '../use-incident-act.ts';
import { customEnd, snoozePresets } from './snooze.ts';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

const CUSTOM = 'custom';

/** Asks until when nobody is to be told. Times are those of the zone that the console shows. */
export function SnoozeDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const zone = useZone(incident.place.site?.timeZone ?? null);
  const nowMs = useNow(60_000);
  const name = useId();
  const announce = useAnnounce();
  const { act, pending, failure } = useIncidentAct();
  const [presets] = useState(() => snoozePresets(nowMs, zone));
  const [chosen, setChosen] = useState<string>(presets[1]?.label ?? CUSTOM);
  const [text, setText] = useState('');
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);

  const preset = presets.find(({ label }) => label === chosen);
  const untilMs = preset === undefined ? customEnd(text, zone, nowMs) : preset.untilMs;

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
        <fieldset>
          <legend className="sr-only">{t('duration')}</legend>
          {[...presets.map(({ label, untilMs }) => [label, untilMs] as const), [CUSTOM, null] as const].map(
            ([label, untilMs]) => (
              <label
                key={label}
                className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-1.5 hover:bg-hover"
              >
                <input
                  type="radio"
                  name={name}
                  checked={chosen === label}
                  onChange={() => setChosen(label)}
                  className="size-4.5 shrink-0 accent-accent"
                />
                <span className="flex-1">{label === CUSTOM ? t('untilAnotherTime') : label}</span>
                {untilMs !== null && <span className="text-sm text-ink-3">{moment(untilMs, zone, nowMs)}</span>}
              </label>
            ),
          )}
        </fieldset>
        {chosen === CUSTOM && (
          <TextField
            label={t('until')}
            name="until"
            type="datetime-local"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setMissing(false);
            }}
            error={missing && untilMs === null ? t('enterDayTimeFuture') : undefined}
            hint={t('timeZone', { zone })}
          />
        )}
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
