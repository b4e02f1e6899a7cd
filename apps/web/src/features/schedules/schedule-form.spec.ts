import { type Schedule, ScheduleInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { checkOverride, newLayer, scheduleDraftOf, scheduleInputOf } from './schedule-form.ts';

const ID = '0198f2a0-0000-7000-8000-000000000001';
const stored: Schedule = {
  id: ID,
  name: 'NOC',
  timeZone: 'Europe/Berlin',
  layers: [
    { name: 'Always', userIds: [ID], startsOn: '2026-11-23', handOverAt: '09:00', turn: 'week', only: null },
    {
      name: 'Office',
      userIds: [ID],
      startsOn: '2026-11-24',
      handOverAt: '08:00',
      turn: 'day',
      only: { weekdays: [1, 2], from: '08:00', to: '17:00' },
    },
  ],
  overrides: [],
  onCallNow: null,
};

describe('the form of a schedule', () => {
  test('what is stored comes back unchanged when nothing is edited', () => {
    const { name, timeZone, layers } = stored;
    expect(ScheduleInput.parse(scheduleInputOf(scheduleDraftOf(stored, () => 'k')))).toEqual({
      name,
      timeZone,
      layers,
    });
  });

  test('hours that are switched off are none', () => {
    const draft = scheduleDraftOf(stored, () => 'k');
    const open = { ...draft, layers: draft.layers.map((layer) => ({ ...layer, limited: false })) };
    expect(scheduleInputOf(open).layers.map(({ only }) => only)).toEqual([null, null]);
  });

  test('a layer without people, and a zone that is none, are refused at their fields', () => {
    const draft = { name: 'New', timeZone: 'Mars/Base', layers: [newLayer('k', '2026-11-23', 0)] };
    const refused = ScheduleInput.safeParse(scheduleInputOf(draft));
    expect(refused.error?.issues.map((issue) => issue.path.join('.')).sort()).toEqual(['layers.0.userIds', 'timeZone']);
  });
});

test('a stand-in ends after it begins', () => {
  const at = '2026-11-23T08:00:00Z';
  expect(checkOverride({ startsAt: at, endsAt: '2026-11-23T09:00:00Z' })).toEqual({});
  expect(checkOverride({ startsAt: at, endsAt: at })).toEqual({ endsAt: 'The end is before the beginning.' });
});
