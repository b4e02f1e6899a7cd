import { localHourOfWeek, utcOffsetMs } from '../local-time.ts';
import type { Random } from '../random.ts';
import { callsPerHour, type Habits } from './habits.ts';

const HOUR_MS = 3_600_000;
/** Test calls are between 02:00 and 04:00 local time, when there are no other calls. */
const TEST_FROM_HOUR = 2;
const TEST_SPAN_MS = 2 * HOUR_MS;
/** A device that refuses this many candidates in a row has (next to) no traffic then; continue from there. */
const CANDIDATES_MAX = 2_000;

/** The clock of a site: its time zone, and how much faster than real time its lines live (1 = real). */
export interface Tempo {
  readonly timeZone: string;
  readonly pace: number;
}

/**
 * When the next call of a device starts, after `after` (ms since the epoch); Infinity for a device that never calls.
 * Calls are a Poisson process whose rate follows the hour of the local week (thinning, Lewis and Shedler 1979).
 */
export function nextCallAt(habits: Habits, after: number, tempo: Tempo, random: Random, testSlot: number): number {
  const at = Math.min(poissonAt(habits, after, tempo, random), testAt(habits, after, tempo, testSlot));
  // Never at once: rounding must not stop the time.
  return Math.max(after + 1, at);
}

function poissonAt(habits: Habits, after: number, tempo: Tempo, random: Random): number {
  if (habits.peakPerHour === 0) return Infinity;
  const meanGap = HOUR_MS / (habits.peakPerHour * tempo.pace);
  let at = after;
  for (let candidate = 0; candidate < CANDIDATES_MAX; candidate++) {
    at += random.exponential(meanGap);
    const share = callsPerHour(habits, localHourOfWeek(at, tempo.timeZone)) / habits.peakPerHour;
    if (random.chance(share)) return Math.ceil(at);
  }
  return Math.ceil(at);
}

/** `testSlot` in [0, 1) places this device's test within the span, and within the days of its period. */
function testAt(habits: Habits, after: number, tempo: Tempo, testSlot: number): number {
  if (habits.testEveryHours === null) return Infinity;
  const period = (habits.testEveryHours * HOUR_MS) / tempo.pace;
  const days = Math.max(1, Math.round(habits.testEveryHours / 24));
  const dayOffset = Math.floor(testSlot * days) * 24 * HOUR_MS;
  const withinSpan = ((testSlot * 7919) % 1) * TEST_SPAN_MS;
  const phase = (dayOffset + TEST_FROM_HOUR * HOUR_MS + withinSpan) / tempo.pace;
  const offset = utcOffsetMs(after, tempo.timeZone);
  const local = after + offset;
  const cycles = Math.floor((local - phase) / period) + 1;
  const at = Math.ceil(after + (phase + cycles * period - local));
  // The clock may change in between; only at real speed is the hour of the test an hour of the day.
  if (tempo.pace !== 1) return at;
  const then = utcOffsetMs(at, tempo.timeZone);
  const corrected = at + offset - then;
  // An hour that a clock change skips does not exist: the test is an hour later.
  return utcOffsetMs(corrected, tempo.timeZone) === then ? corrected : at;
}

/** A duration at this speed: faster lines also talk shorter, but never so short that a poll could not observe it. */
export function paced(durationMs: number, tempo: Tempo, floorMs: number): number {
  return Math.max(Math.min(floorMs, durationMs), Math.round(durationMs / tempo.pace));
}
