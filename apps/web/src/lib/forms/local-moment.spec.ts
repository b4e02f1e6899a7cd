import { expect, test } from 'vitest';
import { instantOfLocal, localMoment } from './local-moment.ts';

test.for([
  ['2026-11-23T08:30', 'Europe/Berlin', '2026-11-23T07:30:00.000Z'],
  ['2026-07-01T08:30', 'Europe/Berlin', '2026-07-01T06:30:00.000Z'],
  ['2026-11-23T08:30', 'America/New_York', '2026-11-23T13:30:00.000Z'],
  ['2026-11-23T08:30:00', 'UTC', '2026-11-23T08:30:00.000Z'],
] as const)('%s in %s is %s', ([text, zone, instant]) => {
  expect(instantOfLocal(text, zone)).toBe(instant);
  expect(localMoment(Date.parse(instant), zone)).toBe(text.slice(0, 16));
});

test.for(['', '2026-11-23', '2026-02-30T08:00', 'soon'])('%j is no date and time', (text) => {
  expect(instantOfLocal(text, 'UTC')).toBeNull();
});
