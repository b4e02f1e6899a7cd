import type { Schedule } from '@loopstart/contracts';
import { type OnCallShift, shiftsBetween } from '@loopstart/domain';
import type { StoredSchedule } from './schedule.repository.ts';

/** Search horizon for the end of the current shift. */
const AHEAD_MS = 35 * 86_400_000;

/** A schedule in the contract's form at `now`; people who left are skipped. */
export function scheduleView(schedule: StoredSchedule, people: ReadonlyMap<string, string>, now: number): Schedule {
  const [present] = shiftsBetween(schedule, now, now + AHEAD_MS);
  const userId = present?.userId ?? null;
  const name = userId === null ? undefined : people.get(userId);
  return {
    id: schedule.id,
    name: schedule.name,
    timeZone: schedule.timeZone,
    layers: schedule.layers,
    overrides: schedule.overrides.map(({ id, userId: by, from, to }) => ({
      id,
      userId: by,
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(to).toISOString(),
    })),
    onCallNow:
      userId === null || name === undefined
        ? null
        : { id: userId, name, until: present!.to >= now + AHEAD_MS ? null : new Date(present!.to).toISOString() },
  };
}

export function shiftView(shift: OnCallShift, people: ReadonlyMap<string, string>) {
  return {
    from: new Date(shift.from).toISOString(),
    to: new Date(shift.to).toISOString(),
    userId: shift.userId,
    name: shift.userId === null ? null : (people.get(shift.userId) ?? null),
    override: shift.override,
  };
}
