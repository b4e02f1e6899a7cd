'use client';

import type { FieldErrors } from '../../lib/forms/issues.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { MultiChoice } from '../../ui/multi-choice.tsx';
import { WeekdayField } from '../../ui/weekday-field.tsx';
import { ZoneField } from '../../ui/zone-field.tsx';
import { type Names, SEVERITY_OPTIONS } from '../matching/index.ts';
import type { DigestDraft, HoursDraft } from './policy-form.ts';
import { TargetsField } from './targets-field.tsx';
import { t } from '../../messages/policies.ts';

/** Hours in which lesser incidents wait. */
export function QuietFields(props: {
  draft: HoursDraft;
  onChange: (part: Partial<HoursDraft>) => void;
  errors: FieldErrors;
}) {
  const { draft, onChange, errors } = props;
  return (
    <div className="flex flex-col gap-3">
      <CheckField checked={draft.on} onChange={(on) => onChange({ on })} label={t('delaySomeIncidentsQuiet')} />
      {draft.on && (
        <div className="grid gap-4 border-l-2 border-line pl-4 sm:grid-cols-2">
          <MultiChoice
            legend={t('delayedSeverities')}
            name="quietHours.severities"
            none={t('none')}
            options={SEVERITY_OPTIONS}
            value={draft.severities}
            onChange={(severities) => onChange({ severities })}
            error={errors['quietHours.severities']}
          />
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label={t('from')}
              name="quietHours.from"
              type="time"
              value={draft.from}
              onChange={(event) => onChange({ from: event.target.value })}
              error={errors['quietHours.from']}
            />
            <TextField
              label={t('until')}
              name="quietHours.to"
              type="time"
              value={draft.to}
              onChange={(event) => onChange({ to: event.target.value })}
              error={errors['quietHours.to']}
            />
          </div>
          <WeekdayField
            legend={t('beginningOn2')}
            name="quietHours.weekdays"
            value={draft.weekdays}
            onChange={(weekdays) => onChange({ weekdays })}
            error={errors['quietHours.weekdays']}
          />
          <ZoneField
            name="quietHours.timeZone"
            value={draft.timeZone}
            onChange={(timeZone) => onChange({ timeZone })}
            error={errors['quietHours.timeZone']}
          />
        </div>
      )}
    </div>
  );
}

/** Incidents that are only told together, at a time of the day. */
export function DigestFields(props: {
  draft: DigestDraft;
  names: Names;
  onChange: (part: Partial<DigestDraft>) => void;
  errors: FieldErrors;
}) {
  const { draft, onChange, errors } = props;
  return (
    <div className="flex flex-col gap-3">
      <CheckField checked={draft.on} onChange={(on) => onChange({ on })} label={t('notifySomeIncidentsOnly')} />
      {draft.on && (
        <div className="grid gap-4 border-l-2 border-line pl-4 sm:grid-cols-2">
          <MultiChoice
            legend={t('severitiesDigest')}
            name="digest.severities"
            none={t('none')}
            options={SEVERITY_OPTIONS}
            value={draft.severities}
            onChange={(severities) => onChange({ severities })}
            error={errors['digest.severities']}
          />
          <TextField
            label={t('at')}
            name="digest.at"
            type="time"
            value={draft.at}
            onChange={(event) => onChange({ at: event.target.value })}
            error={errors['digest.at']}
          />
          <WeekdayField
            legend={t('on')}
            name="digest.weekdays"
            value={draft.weekdays}
            onChange={(weekdays) => onChange({ weekdays })}
            error={errors['digest.weekdays']}
          />
          <ZoneField
            name="digest.timeZone"
            value={draft.timeZone}
            onChange={(timeZone) => onChange({ timeZone })}
            error={errors['digest.timeZone']}
          />
          <div className="sm:col-span-2">
            <TargetsField
              name="digest.targets"
              value={draft.targets}
              onChange={(targets) => onChange({ targets })}
              names={props.names}
              error={errors['digest.targets'] === undefined ? undefined : t('chooseRecipients')}
            />
          </div>
        </div>
      )}
    </div>
  );
}
