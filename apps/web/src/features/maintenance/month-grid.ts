import { dateOf, dayNumberOf, daysInMonth, formatLocalDate, instantOf, localOf, weekdayOf } from '@loopstart/domain';

export interface Occurrence {
  windowId: string;
  title: string;
  scopeName: string;
  from: string;
  to: string;
}

export interface GridDay {
  /** "2026-11-23" */
  date: string;
  day: number;
  inMonth: boolean;
  today: boolean;
  /** What is under way at some time of the day, earliest first. */
  items: (Occurrence & { begins: boolean; ends: boolean })[];
}

/** "2026-11" of now, where none is asked for. */
export function monthOf(asked: string | undefined, nowMs: number, zone: string): string {
  return asked ?? formatLocalDate(dateOf(localOf(nowMs, zone).day)).slice(0, 7);
}

/** The month before (-1) or after (1). */
export function stepMonth(month: string, by: number): string {
  const { year, month: number } = parseMonth(month);
  const index = year * 12 + (number - 1) + by;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The days a month shows: whole weeks from Monday; first day number and how many. */
function spanOf(month: string): { first: number; days: number } {
  const { year, month: number } = parseMonth(month);
  const one = dayNumberOf({ year, month: number, day: 1 });
  const first = one - (weekdayOf(one) - 1);
  const last = one + daysInMonth(year, number) - 1;
  return { first, days: Math.ceil((last - first + 1) / 7) * 7 };
}

/** What to ask the API for: from midnight of the first day shown to that after the last, in the zone. */
export function gridRange(month: string, zone: string): { from: string; to: string } {
  const { first, days } = spanOf(month);
  const iso = (day: number) => new Date(instantOf(day, 0, zone).instant).toISOString();
  return { from: iso(first), to: iso(first + days) };
}

/** A month as weeks of days with what is under way in each. A window that ends at midnight is not under way after it. */
export function monthGrid(month: string, occurrences: readonly Occurrence[], zone: string, nowMs: number): GridDay[][] {
  const { first, days } = spanOf(month);
  const { month: number } = parseMonth(month);
  const today = localOf(nowMs, zone).day;
  const all = [...occurrences].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  const cells = Array.from({ length: days }, (_, index) => {
    const dayNumber = first + index;
    const date = dateOf(dayNumber);
    const begins = instantOf(dayNumber, 0, zone).instant;
    const ends = instantOf(dayNumber + 1, 0, zone).instant;
    return {
      date: formatLocalDate(date),
      day: date.day,
      inMonth: date.month === number,
      today: dayNumber === today,
      items: all
        .filter(({ from, to }) => Date.parse(from) < ends && Date.parse(to) > begins)
        .map((one) => ({ ...one, begins: Date.parse(one.from) >= begins, ends: Date.parse(one.to) <= ends })),
    };
  });
  return Array.from({ length: days / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/**
 * Days on which something begins or goes on, in order, for reading one after the other. In the present month those that
 * are over are left out, and the rest of its last week is added: what is near is what is looked for.
 */
export function agendaDays(grid: readonly (readonly GridDay[])[]): GridDay[] {
  const days = grid.flat();
  const today = days.findIndex((day) => day.today && day.inMonth);
  const shown = today === -1 ? days.filter((day) => day.inMonth) : days.slice(today);
  return shown.filter((day) => day.items.length > 0);
}

function parseMonth(month: string): { year: number; month: number } {
  const [year, number] = month.split('-').map(Number);
  return { year: year ?? 1970, month: number ?? 1 };
}
