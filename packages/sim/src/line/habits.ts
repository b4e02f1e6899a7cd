import type { LineDeviceClass } from '@loopstart/domain';

type Range = readonly [min: number, max: number];

/** Traffic of a class of line devices: how often it calls, when, for how long. Durations in milliseconds. */
export interface Habits {
  /** Calls an hour at the busiest time; 0 = only test calls, if any. */
  readonly peakPerHour: number;
  /** Share of the peak for each hour of a weekday and of a day at the weekend, 24 numbers each. */
  readonly weekday: readonly number[];
  readonly weekend: readonly number[];
  /** Share of the calls that the line device makes itself. */
  readonly outShare: number;
  /** Share of the incoming and outgoing calls that are answered. */
  readonly answeredShare: number;
  readonly dialMs: Range;
  readonly ringMs: Range;
  readonly talkMs: Range;
  /** Share of the calls that are followed by another within three minutes. */
  readonly burstShare: number;
  /** Share of the conversations with a hold. */
  readonly holdShare: number;
  /** An automatic test call every so many hours, at night; null where the device makes none. */
  readonly testEveryHours: number | null;
}

/** 24 numbers from spans `[from hour, to hour, share]`; hours in no span have share `rest`. */
function day(rest: number, ...spans: readonly (readonly [from: number, to: number, share: number])[]): number[] {
  return Array.from({ length: 24 }, (_, hour) => spans.find(([from, to]) => hour >= from && hour < to)?.[2] ?? rest);
}

const OFFICE = day(0.03, [7, 9, 0.4], [9, 12, 1], [12, 14, 0.6], [14, 17, 0.9], [17, 19, 0.3]);
const OFFICE_WEEKEND = day(0.03, [9, 17, 0.08]);
const SHOP = day(0.02, [8, 10, 0.5], [10, 13, 1], [13, 16, 0.8], [16, 19, 1], [19, 21, 0.4]);
const HOME = day(0.1, [8, 12, 0.6], [12, 14, 0.5], [14, 20, 1], [20, 22, 0.6]);
const NEVER = day(0);

const PHONE: Habits = {
  peakPerHour: 4,
  weekday: OFFICE,
  weekend: OFFICE_WEEKEND,
  outShare: 0.45,
  answeredShare: 0.82,
  dialMs: [4_000, 12_000],
  ringMs: [4_000, 22_000],
  talkMs: [20_000, 360_000],
  burstShare: 0.05,
  holdShare: 0.1,
  testEveryHours: null,
};

const MACHINE: Habits = {
  ...PHONE,
  dialMs: [2_000, 4_000],
  ringMs: [2_000, 7_000],
  answeredShare: 0.96,
  burstShare: 0,
  holdShare: 0,
};

/** The traffic of each class of line device. */
export const HABITS: Readonly<Record<LineDeviceClass, Habits>> = {
  phone: PHONE,
  unknown: { ...PHONE, peakPerHour: 2, weekday: HOME, weekend: HOME },
  fax: { ...MACHINE, peakPerHour: 1.2, outShare: 0.4, talkMs: [25_000, 110_000], burstShare: 0.55 },
  'alarm-panel': {
    ...MACHINE,
    peakPerHour: 0,
    weekday: NEVER,
    weekend: NEVER,
    outShare: 1,
    talkMs: [15_000, 40_000],
    testEveryHours: 24,
  },
  // EN 81-28 requires an automatic test of a lift alarm at least every three days.
  'lift-phone': {
    ...MACHINE,
    peakPerHour: 0.02,
    weekday: HOME,
    weekend: HOME,
    outShare: 1,
    talkMs: [30_000, 120_000],
    testEveryHours: 72,
  },
  'door-entry': {
    ...MACHINE,
    peakPerHour: 2,
    weekday: HOME,
    weekend: HOME,
    outShare: 1,
    answeredShare: 0.85,
    talkMs: [8_000, 40_000],
  },
  paging: { ...MACHINE, peakPerHour: 1, weekday: SHOP, weekend: SHOP, outShare: 0, talkMs: [5_000, 20_000] },
  'card-terminal': {
    ...MACHINE,
    peakPerHour: 8,
    weekday: SHOP,
    weekend: SHOP,
    outShare: 1,
    talkMs: [10_000, 30_000],
  },
  modem: { ...MACHINE, peakPerHour: 0.3, outShare: 0.5, talkMs: [40_000, 300_000] },
  unused: { ...MACHINE, peakPerHour: 0, weekday: NEVER, weekend: NEVER },
};

/** Calls an hour of a device with this traffic at this hour of the local week (Monday 00:00 = 0). */
export function callsPerHour(habits: Habits, hourOfWeek: number): number {
  const hour = Math.floor(hourOfWeek);
  const shares = hour < 120 ? habits.weekday : habits.weekend;
  return habits.peakPerHour * (shares[hour % 24] ?? 0);
}
