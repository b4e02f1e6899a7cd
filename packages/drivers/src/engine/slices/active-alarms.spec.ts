import { describe, expect, test } from 'vitest';
import { audiocodes } from '../../vendors/audiocodes/audiocodes.driver.ts';
import { port } from '../../testing/support.ts';
import { generic } from '../../drivers.ts';
import { defineDriver } from '../driver.ts';
import { pollPlan } from '../plan.ts';
import { answersFrom, parseSnmprec } from '../snmprec.ts';
import { readActiveAlarms } from './active-alarms.ts';

const AC = '1.3.6.1.4.1.5003';
const ROW = `${AC}.11.1.1.1.1`;
const LEVEL = `${AC}.9.10.10.2.5.4.0`;
/** A row of acActiveAlarmTable. */
const row = (number: number, trap: string, source = 'Board#1', severity = '4', text = 'Proxy lost') =>
  [
    `${ROW}.3.${number}|6|${AC}.9.10.1.21.2.0.${trap}`,
    `${ROW}.6.${number}|4|${text}`,
    `${ROW}.7.${number}|4|${source}`,
    `${ROW}.8.${number}|2|${severity}`,
  ].join('\n');
const read = (walk: string) =>
  readActiveAlarms(audiocodes, answersFrom(parseSnmprec(walk), pollPlan(audiocodes)), [port(1, '0'), port(2, '1')]);
const without = (walk: string, object: string) =>
  walk
    .split('\n')
    .filter((line) => !line.startsWith(object))
    .join('\n');

describe('a list of active alarms', () => {
  test.for<[string, string, string[] | null]>([
    [
      'with alarms of the gateway and of a port',
      `${row(1, '94')}\n${row(7, '76', 'System#0/analogports#2')}`,
      ['registration-lost - 94/Board#1', 'port-fault 2 76/System#0/analogports#2'],
    ],
    ['with a row that is cleared', row(1, '94', 'Board#1', '0'), ['registration-restored - 94/Board#1']],
    ['with an alarm that the driver does not know', row(1, '999'), []],
    ['that is empty, as the gateway says', `${LEVEL}|2|0`, []],
    ['that is empty, which nothing tells', '', null],
    ['that is empty while some alarm stands', `${LEVEL}|2|4`, null],
    ['that is empty, with a level that is none', `${LEVEL}|2|17`, null],
    ...(['3', '6', '7', '8'] as const).map((object): [string, string, null] => [
      `of which a row lacks object ${object}`,
      `${row(1, '94')}\n${without(row(2, '76'), `${ROW}.${object}.`)}`,
      null,
    ]),
    ['with a severity that is none', row(1, '94', 'Board#1', '17'), null],
    [
      'with a number for the notification',
      row(1, '94').replace(`${ROW}.3.1|6|${AC}.9.10.1.21.2.0.94`, `${ROW}.3.1|2|94`),
      null,
    ],
    ['with a number for the source', row(1, '94').replace(`${ROW}.7.1|4|Board#1`, `${ROW}.7.1|2|1`), null],
  ])('%s', ([, walk, expected]) => {
    const list = read(walk);
    expect(
      list?.alarms.map(({ kind, position, alarmKey }) => `${kind} ${position ?? '-'} ${alarmKey}`) ?? null,
    ).toEqual(expected);
    if (list !== null) expect(list.covers).toContain('94/');
  });

  test('that says that it is too short is complete for nothing', () => {
    expect(read(`${row(1, '12')}\n${row(2, '94')}`)).toMatchObject({ covers: [], alarms: [{}, {}] });
  });

  test('covers alarms, and not what merely happens', () => {
    const { covers } = read(`${LEVEL}|2|0`)!;
    expect(covers).not.toEqual(expect.arrayContaining(['16/']));
    expect(covers).not.toEqual(expect.arrayContaining(['27/']));
  });

  test('is not there for a driver without the slice', () => {
    expect(readActiveAlarms(generic, answersFrom([], pollPlan(generic)), [])).toBeNull();
  });

  test('of a notification that the driver does not explain is a defect of the driver', () => {
    const activeAlarms = { ...audiocodes.activeAlarms!, overflow: '1.2.3' };
    expect(() => defineDriver({ ...audiocodes, activeAlarms })).toThrow(/lists alarms of 1\.2\.3/);
  });
});
