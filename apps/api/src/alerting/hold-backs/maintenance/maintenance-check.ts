import type { MaintenanceInput } from '@loopstart/contracts';
import { beginningExists, nextOccurrences } from '@loopstart/domain';

/** The fault of a plan and its member; null: none. `now` in ms. */
export function maintenanceFault(input: MaintenanceInput, now: number): { path: string; expected: string } | null {
  const plan = { ...input, exceptions: [], endedAt: null };
  if (!beginningExists(input))
    return { path: 'body.startsAt', expected: 'a time that exists on that day: clocks are put forward over it' };
  const { recurrence } = input;
  if (recurrence !== null && recurrence.until !== null && recurrence.until < input.startsOn)
    return { path: 'body.recurrence.until', expected: 'a day not before the first' };
  const next = nextOccurrences(plan, now, 62);
  if (next.length === 0)
    return recurrence === null
      ? { path: 'body.startsOn', expected: 'a window that is not over' }
      : { path: 'body.recurrence', expected: 'a window that comes at least once from now on' };
  // Overlapping occurrences would suppress everything for good without anybody having asked for that.
  if (next.some((span, index) => index > 0 && span.from <= next[index - 1]!.to))
    return { path: 'body.durationMinutes', expected: 'less than the time to the next occurrence' };
  return null;
}
