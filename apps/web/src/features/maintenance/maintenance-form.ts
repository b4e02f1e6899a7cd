import type { MaintenanceInput, MaintenanceWindow } from '@loopstart/contracts';
import { beginningExists } from '@loopstart/domain';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { minutesOf, numberOf, waitOf, type WaitUnit } from '../../lib/forms/wait.ts';
import { t } from '../../messages/maintenance.ts';

/** A window as it is edited. */
export interface MaintenanceDraft {
  title: string;
  reason: string;
  scope: MaintenanceWindow['scope'];
  scopeId: string;
  timeZone: string;
  startsOn: string;
  startsAt: string;
  duration: string;
  unit: WaitUnit;
  every: 'once' | 'day' | 'week' | 'month-day' | 'month-weekday';
  weekdays: number[];
  monthDay: string;
  nth: string;
  weekday: string;
  /** Last day on which it may begin; empty: without end. */
  until: string;
}

export function newMaintenance(zone: string, today: string, site?: string): MaintenanceDraft {
  return {
    title: '',
    reason: '',
    scope: 'site',
    scopeId: site ?? '',
    timeZone: zone,
    startsOn: today,
    startsAt: '02:00',
    duration: '2',
    unit: 'hours',
    every: 'once',
    weekdays: [],
    monthDay: '1',
    nth: '1',
    weekday: '1',
    until: '',
  };
}

export function maintenanceDraftOf(window: MaintenanceWindow): MaintenanceDraft {
  const { recurrence } = window;
  const { wait, unit } = waitOf(window.durationMinutes);
  const { title, reason, scope, scopeId, timeZone, startsOn, startsAt } = window;
  return {
    ...newMaintenance(timeZone, startsOn),
    title,
    reason,
    scope,
    scopeId,
    startsAt,
    duration: wait,
    unit,
    ...recurrenceDraft(recurrence),
    until: recurrence?.until ?? '',
  };
}

function recurrenceDraft(recurrence: MaintenanceWindow['recurrence']): Partial<MaintenanceDraft> {
  if (recurrence === null) return { every: 'once' };
  switch (recurrence.every) {
    case 'day':
      return { every: 'day' };
    case 'week':
      return { every: 'week', weekdays: recurrence.weekdays };
    case 'month':
      return 'day' in recurrence.on
        ? { every: 'month-day', monthDay: String(recurrence.on.day) }
        : { every: 'month-weekday', nth: String(recurrence.on.nth), weekday: String(recurrence.on.weekday) };
  }
}

/** What is sent for a draft; it still has to pass the contract's schema. */
export function maintenanceInputOf(draft: MaintenanceDraft): z.input<typeof MaintenanceInput> {
  const { title, reason, scope, scopeId, startsOn, startsAt } = draft;
  return {
    title,
    reason,
    scope,
    scopeId,
    startsOn,
    startsAt,
    timeZone: draft.timeZone.trim(),
    durationMinutes: minutesOf(draft.duration, draft.unit),
    recurrence: recurrenceOf(draft),
  };
}

function recurrenceOf(draft: MaintenanceDraft): z.input<typeof MaintenanceInput>['recurrence'] {
  const until = draft.until === '' ? null : draft.until;
  switch (draft.every) {
    case 'once':
      return null;
    case 'day':
      return { every: 'day', until };
    case 'week':
      return { every: 'week', weekdays: draft.weekdays, until };
    case 'month-day':
      return { every: 'month', on: { day: numberOf(draft.monthDay) }, until };
    case 'month-weekday':
      return { every: 'month', on: { nth: Number(draft.nth) as -1 | 1, weekday: Number(draft.weekday) }, until };
  }
}

/** What the schema alone does not see: an hour that clocks skip, and an end before the beginning. */
export function checkMaintenance(input: z.output<typeof MaintenanceInput>): FieldErrors {
  const errors: FieldErrors = {};
  if (input.recurrence === null && !beginningExists(input)) errors['startsAt'] = t('localTimeNotExist');
  const until = input.recurrence?.until ?? null;
  if (until !== null && until < input.startsOn) errors['recurrence.until'] = t('endBeforeFirstDay');
  return errors;
}
