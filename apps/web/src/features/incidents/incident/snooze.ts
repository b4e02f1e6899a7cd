import { dayNumberOf, instantOf, localOf, parseLocalDate, parseLocalTime, weekdayOf } from '@loopstart/domain';
import { t } from '../../../messages/incidents.ts';

/** A ready-made end of a snooze. */
export interface SnoozePreset {
  label: string;
  untilMs: number;
}

const HOUR_MS = 3_600_000;
const MORNING_MIN = 8 * 60;
const MONDAY = 1;
/** What is meant unless another end is chosen. */
export const SNOOZE_MS = HOUR_MS;
/** A morning nearer than this is no different from an hour or four. */
const NEAREST_MS = 4 * HOUR_MS;

/** Ends of a snooze that people ask for, soonest first; mornings are those of the zone. */
export function snoozePresets(nowMs: number, zone: string): SnoozePreset[] {
  const today = localOf(nowMs, zone).day;
  const morning = (daysOn: number) => instantOf(today + daysOn, MORNING_MIN, zone).instant;
  const toMonday = (MONDAY - weekdayOf(today) + 7) % 7 || 7;
  const mornings = [
    { label: t('morning0800'), untilMs: morning(0) },
    { label: t('tomorrowMorning0800'), untilMs: morning(1) },
    ...(toMonday > 1 ? [{ label: t('mondayMorning0800'), untilMs: morning(toMonday) }] : []),
  ];
  return [
    { label: t('for30Minutes'), untilMs: nowMs + HOUR_MS / 2 },
    { label: t('forAnHour'), untilMs: nowMs + SNOOZE_MS },
    { label: t('forFourHours'), untilMs: nowMs + NEAREST_MS },
    ...mornings.filter(({ untilMs }) => untilMs > nowMs + NEAREST_MS),
  ];
}

/** The instant that a `datetime-local` field means in a zone; null where it is empty, no date, or not after now. */
export function customEnd(text: string, zone: string, nowMs: number): number | null {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text);
  if (found === null) return null;
  try {
    const day = dayNumberOf(parseLocalDate(found[1]!));
    const untilMs = instantOf(day, parseLocalTime(found[2]!), zone).instant;
    return untilMs > nowMs ? untilMs : null;
  } catch {
    return null;
  }
}
