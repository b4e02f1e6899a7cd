import { describe, expect, test } from 'vitest';
import { AlarmListReporter, SETTLE_MS, type AlarmList } from './alarm-list.ts';

const FULL_MS = 900_000;
const list = (...keys: string[]): AlarmList => ({
  covers: ['11/'],
  alarms: keys.map((alarmKey) => ({
    alarmKey,
    kind: 'alarm-raised',
    severity: 'major',
    position: null,
    text: 'Overload.',
  })),
});

/** Carries out `steps`, each at its second, and returns the seconds at which a list was sent, with its keys. */
function sent(steps: readonly (readonly [number, AlarmList | null | 'notified' | 'forget'])[]) {
  let nowMs = 0;
  const told: string[] = [];
  const clock = { monotonicMs: () => nowMs, now: () => nowMs, schedule: () => () => undefined };
  const collector = {
    alarms: ({ at, alarms }: { at: number } & AlarmList) =>
      void told.push([at / 1000, ...alarms.map(({ alarmKey }) => alarmKey)].join(' ')),
  };
  const reporter = new AlarmListReporter(collector, clock, () => FULL_MS);
  const again: (number | null)[] = [];
  for (const [second, what] of steps) {
    nowMs = second * 1_000;
    if (what === 'notified') reporter.notified();
    else if (what === 'forget') reporter.forget();
    else reporter.see('g', { list: what, at: nowMs, startedMs: nowMs });
    again.push(reporter.readAgainAtMs);
  }
  return { told, again: again.at(-1) };
}

describe('the list of active alarms is sent', () => {
  test.for<[string, Parameters<typeof sent>[0], string[]]>([
    ['at the start, also when it is empty', [[0, list()]], ['0']],
    [
      'once while it stays the same',
      [
        [0, list('11/a')],
        [30, list('11/a')],
        [60, list('11/a')],
      ],
      ['0 11/a'],
    ],
    [
      'when it changed',
      [
        [0, list('11/a')],
        [30, list()],
      ],
      ['0 11/a', '30'],
    ],
    [
      'with each full report',
      [
        [0, list()],
        [899, list()],
        [900, list()],
      ],
      ['0', '900'],
    ],
    [
      'never where it was not read to its end',
      [
        [0, null],
        [30, list()],
        [60, null],
        [90, list()],
      ],
      ['30'],
    ],
    [
      'again after a notification, once that has settled',
      [
        [0, list()],
        [30, 'notified'],
        [31, list()],
        [35, list()],
      ],
      ['0', '35'],
    ],
    [
      'again after a notification, also without a change',
      [
        [0, list()],
        [30, 'notified'],
        [60, list()],
        [90, list()],
      ],
      ['0', '60'],
    ],
    [
      'not while a notification may have overtaken it',
      [
        [0, list()],
        [30, 'notified'],
        [34, list('11/a')],
      ],
      ['0'],
    ],
    [
      'again when the cloud may lack it',
      [
        [0, list()],
        [10, 'forget'],
        [30, list()],
      ],
      ['0', '30'],
    ],
  ])('%s', ([, steps, expected]) => {
    expect(sent(steps).told).toEqual(expected);
  });

  test('and read again soon where it was held back, and not otherwise', () => {
    expect(
      sent([
        [30, 'notified'],
        [31, list()],
      ]).again,
    ).toBe(30_000 + SETTLE_MS);
    expect(
      sent([
        [30, 'notified'],
        [31, null],
      ]).again,
    ).toBeNull();
    expect(
      sent([
        [30, 'notified'],
        [31, list()],
        [35, list()],
      ]).again,
    ).toBeNull();
  });
});
