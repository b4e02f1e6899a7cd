import { MaintenanceInput, type MaintenanceWindow, type Recurrence } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { checkMaintenance, maintenanceDraftOf, maintenanceInputOf, newMaintenance } from './maintenance-form.ts';

const ID = '0198f2a0-0000-7000-8000-000000000001';
const input = {
  title: 'Firmware',
  reason: 'Upgrade night',
  scope: 'site' as const,
  scopeId: ID,
  timeZone: 'Europe/Berlin',
  startsOn: '2026-11-23',
  startsAt: '02:00',
  durationMinutes: 90,
};
const stored = (recurrence: Recurrence | null) => ({ ...input, recurrence }) as MaintenanceWindow;

describe('the form of a maintenance window', () => {
  test.for<Recurrence | null>([
    null,
    { every: 'day', until: '2027-01-01' },
    { every: 'week', weekdays: [1, 4], until: null },
    { every: 'month', on: { day: 31 }, until: null },
    { every: 'month', on: { nth: -1, weekday: 7 }, until: null },
  ])('what is stored with %j comes back unchanged when nothing is edited', (recurrence) => {
    const draft = maintenanceDraftOf(stored(recurrence));
    expect(MaintenanceInput.parse(maintenanceInputOf(draft))).toEqual({ ...input, recurrence });
  });

  test('what is missing is refused at its field', () => {
    const draft = { ...newMaintenance('UTC', '2026-11-23'), every: 'week' as const, duration: '' };
    const refused = MaintenanceInput.safeParse(maintenanceInputOf(draft));
    expect(refused.error?.issues.map((issue) => issue.path.join('.')).sort()).toEqual([
      'durationMinutes',
      'reason',
      'recurrence.weekdays',
      'scopeId',
      'title',
    ]);
  });

  test('an hour that clocks skip is told for a window that comes once', () => {
    const skipped = { ...input, startsOn: '2027-03-28', startsAt: '02:30' };
    expect(Object.keys(checkMaintenance({ ...skipped, recurrence: null }))).toEqual(['startsAt']);
    expect(checkMaintenance({ ...skipped, recurrence: { every: 'day', until: null } })).toEqual({});
    expect(checkMaintenance({ ...input, recurrence: null })).toEqual({});
  });

  test('an end before the first day is told', () => {
    const errors = checkMaintenance({ ...input, recurrence: { every: 'day', until: '2026-11-22' } });
    expect(Object.keys(errors)).toEqual(['recurrence.until']);
  });
});
