import { hoursAt, hoursOfDay, type LocalHours } from './hours.ts';
import { dayNumberOf, instantOf, localOf, parseLocalDate, parseLocalTime } from './zoned-time.ts';

export const TURNS = { day: 1, week: 7, 'two-weeks': 14 } as const;

/** People who take turns. */
export interface RotationLayer {
  /** In the order of their turns. */
  userIds: readonly string[];
  /** Local day of the first hand-over. */
  startsOn: string;
  handOverAt: string;
  turn: keyof typeof TURNS;
  /** Only at these hours; null: at all hours. */
  only: LocalHours | null;
}

export interface OnCallOverride {
  userId: string;
  from: number;
  to: number;
}

/** Layers further down win while they are active; an override wins over all, and of two the one that begins later. */
export interface OnCallSchedule {
  timeZone: string;
  layers: readonly RotationLayer[];
  overrides: readonly OnCallOverride[];
}

export interface OnCall {
  /** Null: a gap, no one is on call. */
  userId: string | null;
  override: boolean;
}

export interface OnCallShift extends OnCall {
  from: number;
  to: number;
}

/** Who is on call. */
export function onCallAt(schedule: OnCallSchedule, now: number): OnCall {
  const override = schedule.overrides
    .filter(({ from, to }) => from <= now && now < to)
    .reduce<OnCallOverride | null>((best, one) => (best === null || one.from >= best.from ? one : best), null);
  if (override !== null) return { userId: override.userId, override: true };
  for (const layer of schedule.layers.toReversed()) {
    const userId = turnAt(layer, schedule.timeZone, now);
    if (userId !== null) return { userId, override: false };
  }
  return { userId: null, override: false };
}

/** Shifts from `from` to `to` without holes: a gap is a shift without a person. */
export function shiftsBetween(schedule: OnCallSchedule, from: number, to: number): OnCallShift[] {
  const shifts: OnCallShift[] = [];
  const changes = [...changesBetween(schedule, from, to), to];
  let begins = from;
  for (const ends of changes) {
    const now = onCallAt(schedule, begins);
    const last = shifts.at(-1);
    if (last !== undefined && last.userId === now.userId && last.override === now.override) last.to = ends;
    else if (ends > begins) shifts.push({ from: begins, to: ends, ...now });
    begins = ends;
  }
  return shifts;
}

/** Every instant strictly inside the range at which the person may change, in order. */
function changesBetween({ timeZone, layers, overrides }: OnCallSchedule, from: number, to: number): number[] {
  const changes = new Set<number>();
  const add = (instant: number) => {
    if (instant > from && instant < to) changes.add(instant);
  };
  for (const override of overrides) {
    add(override.from);
    add(override.to);
  }
  const firstDay = localOf(from, timeZone).day - 2;
  const lastDay = localOf(to, timeZone).day + 2;
  for (const layer of layers) {
    const { first, days, minutes } = rotationOf(layer);
    const handOver = first + Math.max(0, Math.floor((firstDay - first) / days)) * days;
    for (let day = handOver; day <= lastDay; day += days) add(instantOf(day, minutes, timeZone).instant);
    if (layer.only === null) continue;
    for (let day = firstDay; day <= lastDay; day += 1) {
      const span = hoursOfDay(layer.only, timeZone, day);
      if (span === null) continue;
      add(span.from);
      add(span.to);
    }
  }
  return [...changes].sort((a, b) => a - b);
}

function rotationOf(layer: RotationLayer): { first: number; days: number; minutes: number } {
  return {
    first: dayNumberOf(parseLocalDate(layer.startsOn)),
    days: TURNS[layer.turn],
    minutes: parseLocalTime(layer.handOverAt),
  };
}

function turnAt(layer: RotationLayer, timeZone: string, now: number): string | null {
  if (layer.userIds.length === 0) return null;
  if (layer.only !== null && hoursAt(layer.only, timeZone, now) === null) return null;
  const { first, days, minutes } = rotationOf(layer);
  // The local day gives the turn except around the hand-over itself, so the neighbouring days are checked too.
  let turn = Math.floor((localOf(now, timeZone).day - first) / days) + 1;
  while (turn >= 0 && instantOf(first + turn * days, minutes, timeZone).instant > now) turn -= 1;
  return turn < 0 ? null : layer.userIds[turn % layer.userIds.length]!;
}
