import type { Schedule } from '@loopstart/contracts';
import { dateOf, formatLocalDate, instantOf, localOf, weekdayOf } from '@loopstart/domain';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';
import { shortWeekday } from '../../lib/words/weekday.ts';

export interface Shift {
  from: string;
  to: string;
  userId: string | null;
  name: string | null;
  override: boolean;
}

/** A shift within one row: where it begins and how much of the row it takes, in shares of 1. */
export interface Bar {
  key: string;
  start: number;
  width: number;
  userId: string | null;
  /** "Nobody" in a gap. */
  label: string;
  override: boolean;
  fromMs: number;
  toMs: number;
}

export interface StripRow {
  fromMs: number;
  toMs: number;
  days: { start: number; label: string; date: string; weekend: boolean }[];
  bars: Bar[];
}

/** Midnight of today in the zone, and of the day `days` later. */
export function stripRange(nowMs: number, timeZone: string, days: number): { fromMs: number; toMs: number } {
  const { day } = localOf(nowMs, timeZone);
  return { fromMs: instantOf(day, 0, timeZone).instant, toMs: instantOf(day + days, 0, timeZone).instant };
}

/** Shifts laid out in rows of whole local days. A day of 23 or 25 hours is as wide as it is long. */
export function stripRows(shifts: readonly Shift[], nowMs: number, timeZone: string, weeks: number): StripRow[] {
  const first = localOf(nowMs, timeZone).day;
  return Array.from({ length: weeks }, (_, week) => {
    const midnights = Array.from({ length: 8 }, (_, day) => instantOf(first + week * 7 + day, 0, timeZone).instant);
    const fromMs = midnights[0]!;
    const toMs = midnights[7]!;
    const share = (ms: number) => (ms - fromMs) / (toMs - fromMs);
    return {
      fromMs,
      toMs,
      days: midnights.slice(0, 7).map((ms, index) => {
        const dayNumber = first + week * 7 + index;
        const { day } = dateOf(dayNumber);
        const weekday = weekdayOf(dayNumber);
        return {
          start: share(ms),
          label: `${shortWeekday(weekday)} ${day}`,
          date: formatLocalDate(dateOf(dayNumber)),
          weekend: weekday > 5,
        };
      }),
      bars: shifts.flatMap((shift) => {
        const begins = Math.max(Date.parse(shift.from), fromMs);
        const ends = Math.min(Date.parse(shift.to), toMs);
        if (ends <= begins) return [];
        return [
          {
            key: `${begins}`,
            start: share(begins),
            width: share(ends) - share(begins),
            userId: shift.userId,
            label: shift.userId === null ? t('nobody') : (shift.name ?? common('removed')),
            override: shift.override,
            fromMs: Date.parse(shift.from),
            toMs: Date.parse(shift.to),
          },
        ];
      }),
    };
  });
}

/** Neighbouring shifts of the same person as one, so that a layer's daily hand-over to oneself is no change. */
export function joinShifts(shifts: readonly Shift[]): Shift[] {
  const joined: Shift[] = [];
  for (const shift of shifts) {
    const last = joined.at(-1);
    if (
      last !== undefined &&
      last.to === shift.from &&
      last.userId === shift.userId &&
      last.override === shift.override
    )
      joined[joined.length - 1] = { ...last, to: shift.to };
    else joined.push(shift);
  }
  return joined;
}

/** Times at which nobody is on call. */
export function gapsOf(shifts: readonly Shift[]): { count: number; totalMs: number; firstFrom: string | null } {
  const gaps = joinShifts(shifts).filter(({ userId }) => userId === null);
  return {
    count: gaps.length,
    totalMs: gaps.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0),
    firstFrom: gaps[0]?.from ?? null,
  };
}

/** One of a few looks for each person, by their place among the members, so that neighbours differ. */
export function lookOf(userId: string, schedule: Pick<Schedule, 'layers' | 'overrides'>, looks: number): number {
  const everybody = [
    ...new Set([
      ...schedule.layers.flatMap(({ userIds }) => userIds),
      ...schedule.overrides.map(({ userId }) => userId),
    ]),
  ];
  return Math.max(0, everybody.indexOf(userId)) % looks;
}

export const STRIP_WEEKS = 2;
