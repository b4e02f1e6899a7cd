import { describe, expect, test } from 'vitest';
import { type AlarmMemory, NO_ALARMS, type StandingAlarm } from '../alert/alarms.ts';
import { joinAlarms } from './join-alarms.ts';

const alarm = (key: string, last: number, position: number | null = null, text = 'Lost.'): StandingAlarm => ({
  key,
  condition: 'registrar-lost',
  position,
  severity: 'major',
  text,
  since: last,
  last,
});
const standing = (...alarms: StandingAlarm[]): AlarmMemory => ({ ...NO_ALARMS, standing: alarms });
/** Port 1 of the former record is port 3 of the remaining one. */
const PORTS = new Map([[1, 3]]);

describe('alarms of two records of one device', () => {
  test.for<[string, AlarmMemory, AlarmMemory, StandingAlarm[]]>([
    ['one of the former', standing(alarm('a', 5)), NO_ALARMS, [alarm('a', 5)]],
    ['one of the other', NO_ALARMS, standing(alarm('a', 5)), [alarm('a', 5)]],
    ['one of a port', standing(alarm('a', 5, 1)), NO_ALARMS, [alarm('a', 5, 3)]],
    ['one of a port that the other lacks', standing(alarm('a', 5, 2)), NO_ALARMS, []],
    [
      'the same on both',
      standing(alarm('a', 5, null, 'Before.')),
      standing(alarm('a', 7, null, 'Now.')),
      [{ ...alarm('a', 7, null, 'Now.'), since: 5 }],
    ],
    ['cleared on the other since', standing(alarm('a', 5)), { ...NO_ALARMS, cleared: [{ key: 'a', at: 6 }] }, []],
    [
      'cleared on the other before',
      standing(alarm('a', 5)),
      { ...NO_ALARMS, cleared: [{ key: 'a', at: 4 }] },
      [alarm('a', 5)],
    ],
    ['cleared on the former since', { ...NO_ALARMS, cleared: [{ key: 'a', at: 6 }] }, standing(alarm('a', 5)), []],
    ['before a start that the other knows', standing(alarm('a', 5)), { ...NO_ALARMS, startedAt: 6 }, []],
    ['before a start that the former knows', { ...NO_ALARMS, startedAt: 6 }, standing(alarm('a', 5)), []],
    ['after a start', standing(alarm('a', 5)), { ...NO_ALARMS, startedAt: 4 }, [alarm('a', 5)]],
  ])('%s', ([, former, left, expected]) => {
    expect(joinAlarms(former, left, PORTS).standing).toEqual(expected);
  });

  test('ended alarms and past events of both are kept', () => {
    const happening = (at: number, position: number | null) =>
      ({ condition: 'call-failed', position, severity: 'minor', text: 'x', at }) as never;
    const joined = joinAlarms(
      { startedAt: 2, standing: [], happened: [happening(9, 1)], cleared: [{ key: 'a', at: 5 }] },
      {
        startedAt: null,
        standing: [],
        happened: [happening(4, null)],
        cleared: [
          { key: 'a', at: 3 },
          { key: 'b', at: 1 },
        ],
      },
      PORTS,
    );
    expect(joined).toEqual({
      startedAt: 2,
      standing: [],
      happened: [happening(4, null), happening(9, 3)],
      cleared: [
        { key: 'a', at: 5 },
        { key: 'b', at: 1 },
      ],
    });
  });
});
