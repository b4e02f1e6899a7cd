'use client';

import type { FieldErrors } from '../../lib/forms/issues.ts';
import { WEEKDAYS, WEEKDAY_WORDS } from '../../lib/words/weekday.ts';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { WeekdayField } from '../../ui/weekday-field.tsx';
import type { MaintenanceDraft } from './maintenance-form.ts';
import { t } from '../../messages/maintenance.ts';

const NTH = [
  ['1', 'first'],
  ['2', 'second'],
  ['3', 'third'],
  ['4', 'fourth'],
  ['-1', 'last'],
] as const;

/** Whether and how a window comes again. */
export function RecurrenceFields(props: {
  draft: MaintenanceDraft;
  onChange: (part: Partial<MaintenanceDraft>) => void;
  errors: FieldErrors;
}) {
  const { draft, onChange, errors } = props;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceField
        label={t('repeats')}
        name="recurrence.every"
        value={draft.every}
        onChange={(event) => onChange({ every: event.target.value as MaintenanceDraft['every'] })}
      >
        <option value="once">{t('once')}</option>
        <option value="day">{t('everyDay')}</option>
        <option value="week">{t('everyWeek')}</option>
        <option value="month-day">{t('everyMonthDay')}</option>
        <option value="month-weekday">{t('everyMonthWeekday')}</option>
      </ChoiceField>
      {draft.every !== 'once' && (
        <TextField
          label={t('lastDay')}
          name="recurrence.until"
          type="date"
          optional
          value={draft.until}
          onChange={(event) => onChange({ until: event.target.value })}
          error={errors['recurrence.until']}
        />
      )}
      {draft.every === 'week' && (
        <div className="sm:col-span-2">
          <WeekdayField
            legend={t('on')}
            name="recurrence.weekdays"
            value={draft.weekdays}
            onChange={(weekdays) => onChange({ weekdays })}
            error={errors['recurrence.weekdays'] === undefined ? undefined : t('chooseLeastOneDay')}
          />
        </div>
      )}
      {draft.every === 'month-day' && (
        <TextField
          label={t('dayMonth')}
          name="recurrence.on"
          inputMode="numeric"
          value={draft.monthDay}
          onChange={(event) => onChange({ monthDay: event.target.value })}
          error={errors['recurrence.on'] === undefined ? undefined : t('enterDay131')}
          hint={t('monthsWithoutDaySkipped')}
        />
      )}
      {draft.every === 'month-weekday' && (
        <div className="grid grid-cols-2 gap-2">
          <ChoiceField
            label={t('whichOne')}
            name="recurrence.on"
            value={draft.nth}
            onChange={(event) => onChange({ nth: event.target.value })}
            error={errors['recurrence.on']}
          >
            {NTH.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </ChoiceField>
          <ChoiceField
            label={t('weekday')}
            name="recurrence.on.weekday"
            value={draft.weekday}
            onChange={(event) => onChange({ weekday: event.target.value })}
          >
            {WEEKDAYS.map((weekday) => (
              <option key={weekday} value={weekday}>
                {WEEKDAY_WORDS[weekday]}
              </option>
            ))}
          </ChoiceField>
        </div>
      )}
    </div>
  );
}
