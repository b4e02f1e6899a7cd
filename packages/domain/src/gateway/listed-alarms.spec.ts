import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlarmEvent, type AlarmMemory, hearAlarm, NO_ALARMS } from '../alert/alarms.ts';
import { eventsOfList } from './listed-alarms.ts';

const alarm = (alarmKey: string | null, more: Partial<AlarmEvent> = {}): Omit<AlarmEvent, 'at'> => ({
  kind: 'alarm-raised',
  severity: 'major',
  position: null,
  text: 'Overload.',
  alarmKey,
  ...more,
});
const hear = (...events: AlarmEvent[]) => events.reduce(hearAlarm, NO_ALARMS);
const raised = (key: string, at: number) => ({ ...alarm(key), at });
const cleared = (key: string, at: number): AlarmEvent => ({ ...raised(key, at), kind: 'alarm-cleared' });
const started = (at: number): AlarmEvent => ({ ...alarm(null, { kind: 'cold-start' }), at });
const LIST = { at: 10, covers: ['11/'], alarms: [] };

describe('by the list of active alarms', () => {
  test.for<[string, AlarmMemory, Partial<Parameters<typeof eventsOfList>[1]>, string[]]>([
    ['one that stands and is listed stays', hear(raised('11/a', 5)), { alarms: [alarm('11/a')] }, []],
    ['one that stands and is not listed is cleared', hear(raised('11/a', 5)), {}, ['alarm-cleared 11/a']],
    ['one of which the list says nothing stays', hear(raised('link/1', 5)), {}, []],
    ['nothing is cleared by a list that says nothing of any', hear(raised('11/a', 5)), { covers: [] }, []],
    ['one that was raised after the reading began stays', hear(raised('11/a', 11)), {}, []],
    ['one that was raised as the reading began stays', hear(raised('11/a', 10)), {}, []],
    ['one that nobody told of is raised', NO_ALARMS, { alarms: [alarm('11/a')] }, ['alarm-raised 11/a']],
    [
      'it is raised whatever the list covers',
      NO_ALARMS,
      { covers: [], alarms: [alarm('11/a')] },
      ['alarm-raised 11/a'],
    ],
    ['one that was cleared after the reading began is not', hear(cleared('11/a', 11)), { alarms: [alarm('11/a')] }, []],
    ['one from before a start of the gateway is not', hear(started(11)), { alarms: [alarm('11/a')] }, []],
    [
      'one that came back since its clear is',
      hear(cleared('11/a', 5)),
      { alarms: [alarm('11/a')] },
      ['alarm-raised 11/a'],
    ],
    ['a row that is cleared raises nothing', NO_ALARMS, { alarms: [alarm('11/a', { severity: 'cleared' })] }, []],
    ['a row that is no alarm raises nothing', NO_ALARMS, { alarms: [alarm('11/a', { kind: 'other' })] }, []],
    ['a row without a key raises nothing', NO_ALARMS, { alarms: [alarm(null)] }, []],
    [
      'one goes and another comes',
      hear(raised('11/a', 5)),
      { alarms: [alarm('11/b')] },
      ['alarm-cleared 11/a', 'alarm-raised 11/b'],
    ],
  ])('%s', ([, memory, list, expected]) => {
    expect(eventsOfList(memory, { ...LIST, ...list }).map(({ kind, alarmKey }) => `${kind} ${alarmKey}`)).toEqual(
      expected,
    );
  });

  test('a clear says why, and where', () => {
    const memory = hear({ ...raised('11/a', 5), position: 3 });
    expect(eventsOfList(memory, LIST)).toEqual([
      {
        kind: 'alarm-cleared',
        severity: 'cleared',
        position: 3,
        text: "Overload – cleared: it is not in the gateway's list of active alarms.",
        alarmKey: '11/a',
        at: 10,
      },
    ]);
  });

  test('whatever was heard, exactly the alarms of the list stand afterwards, and the same list is no news again', () => {
    const key = fc.constantFrom('11/a', '11/b', '11/c');
    const heard = fc.array(fc.tuple(key, fc.integer({ min: 1, max: 9 }), fc.boolean()));
    fc.assert(
      fc.property(heard, fc.uniqueArray(key), (past, listed) => {
        const memory = hear(...past.map(([of, at, up]) => (up ? raised(of, at) : cleared(of, at))));
        const list = { ...LIST, alarms: listed.map((one) => alarm(one)) };
        const after = eventsOfList(memory, list).reduce(hearAlarm, memory);
        expect(after.standing.map((one) => one.key).toSorted()).toEqual(listed.toSorted());
        expect(eventsOfList(after, { ...list, at: 11 })).toEqual([]);
      }),
    );
  });
});
