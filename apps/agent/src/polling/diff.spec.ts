import { Report } from '@loopstart/contracts';
import { PORT_COUNTER_NAMES, PORT_MEASURE_NAMES, PORT_STATE_FIELD_NAMES, PORT_STATE_FIELDS } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moved, PORT_DEADBAND } from './deadband.ts';
import { diffImplied, diffReading, type DiffContext, type Difference, type Reading } from './diff.ts';

const GATEWAY = '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0001';
const PORTS = 3;
const column = (value: number | null) => Array.from({ length: PORTS }, () => value);

function reading(change: { [K in keyof Reading]?: Partial<Reading[K]> } = {}): Reading {
  return {
    state: {
      admin: column(0),
      oper: column(0),
      hook: column(0),
      call: column(null),
      registration: column(0),
      fault: column(0),
      ...change.state,
    },
    measures: {
      lineVoltageV: column(-48),
      loopCurrentMa: column(0),
      ringVoltageV: column(null),
      jitterMs: column(null),
      packetLossPercent: column(null),
      ...change.measures,
    },
    counters: { callsIn: column(1), callsOut: column(2), callsFailed: column(null), ...change.counters },
    gatewayMeasures: {
      uptimeS: 100,
      temperatureC: 40,
      cpuPercent: 10,
      memoryPercent: 50,
      activeCalls: 0,
      ...change.gatewayMeasures,
    },
    nulls: (change.nulls as Reading['nulls'] | undefined) ?? [],
  };
}

const context = (nowMs: number, part: Partial<DiffContext> = {}): DiffContext => ({
  gatewayId: GATEWAY,
  revision: 1,
  at: 1_700_000_000_000 + nowMs,
  pollMs: 5,
  nowMs,
  fullIntervalMs: 900_000,
  forceFull: false,
  ...part,
});

const first = () => diffReading(null, reading(), context(0));
const second = (next: Reading, nowMs = 1_000, part: Partial<DiffContext> = {}): Difference =>
  diffReading(first().last, next, context(nowMs, part));
/** Everything in a report except its head. */
const content = ({ report }: Difference) => {
  if (report === null) return null;
  const { gatewayId: _id, at: _at, pollMs: _poll, revision: _revision, full: _full, ...rest } = report;
  return rest;
};

describe('the report of a reading', () => {
  test('everything, the first time', () => {
    const { report, urgent } = first();
    expect(report).toMatchObject({ full: true, revision: 1 });
    expect(Object.keys(report?.state ?? {})).toEqual(PORT_STATE_FIELD_NAMES);
    expect(Object.keys(report?.measures ?? {})).toEqual(['lineVoltageV', 'loopCurrentMa']);
    expect(Object.keys(report?.counters ?? {})).toEqual(PORT_COUNTER_NAMES);
    expect(report?.nulls).toEqual([]);
    expect(urgent).toBe(true);
  });

  test.for([
    ['nothing when nothing changed', reading(), null, false],
    [
      'a state column with a changed cell',
      reading({ state: { hook: [0, 1, 0] } }),
      { state: { hook: [0, 1, 0] } },
      true,
    ],
    [
      'a state that became unknown',
      reading({ state: { oper: [0, null, 0] } }),
      { state: { oper: [0, null, 0] } },
      true,
    ],
    ['a counter', reading({ counters: { callsIn: [1, 2, 1] } }), { counters: { callsIn: [1, 2, 1] } }, false],
    ['no measurement within its deadband', reading({ measures: { lineVoltageV: [-48.9, -48, -47.2] } }), null, false],
    [
      'a measurement beyond it',
      reading({ measures: { lineVoltageV: [-46.5, -48, -48] } }),
      { measures: { lineVoltageV: [-46.5, -48, -48] } },
      false,
    ],
    [
      'a measurement that came',
      reading({ measures: { ringVoltageV: [null, 60, null] } }),
      { measures: { ringVoltageV: [null, 60, null] } },
      false,
    ],
    [
      'a measurement that went',
      reading({ measures: { loopCurrentMa: [0, null, 0] } }),
      { measures: { loopCurrentMa: [0, null, 0] } },
      false,
    ],
    ['no up time: it grows by itself', reading({ gatewayMeasures: { uptimeS: 130 } }), null, false],
    [
      'a temperature beyond its deadband',
      reading({ gatewayMeasures: { temperatureC: 42 } }),
      { gateway: { temperatureC: 42 } },
      false,
    ],
    [
      'each call more or less',
      reading({ gatewayMeasures: { activeCalls: 1 } }),
      { gateway: { activeCalls: 1 } },
      false,
    ],
    [
      'other reasons for what is not known',
      reading({ nulls: [{ field: 'hook', reason: 'not-answered', ports: '*' }] as never }),
      { nulls: [{ field: 'hook', reason: 'not-answered', ports: '*' }] },
      false,
    ],
  ] as const)('%s', ([, next, expected, urgent]) => {
    const difference = second(next);
    expect(content(difference)).toEqual(expected);
    expect(difference.report?.full ?? false).toBe(false);
    expect(difference.urgent).toBe(urgent);
  });

  test.for([
    ['at its interval', 900_000, {}],
    ['when asked to', 1_000, { forceFull: true }],
    ['when the port order changed', 1_000, { revision: 2 }],
  ] as const)('everything %s, quietly when no state changed', ([, nowMs, part]) => {
    const difference = second(reading(), nowMs, part);
    expect(difference.report?.full).toBe(true);
    expect(difference.urgent).toBe(false);
  });

  test('small changes add up: the deadband is around the reported value, not around the last reading', () => {
    let { last } = first();
    let sent = 0;
    for (let step = 1; step <= 30; step += 1) {
      const next = diffReading(last, reading({ measures: { lineVoltageV: column(-48 + step * 0.3) } }), context(step));
      last = next.last;
      if (next.report !== null) sent += 1;
    }
    expect(sent).toBe(7);
  });

  test('measurements are reported again after five minutes, also when they do not change', () => {
    const late = second(reading(), 300_000);
    expect(Object.keys(late.report?.measures ?? {})).toEqual(['lineVoltageV', 'loopCurrentMa']);
    expect(late.report?.gateway).toEqual(reading().gatewayMeasures);
    expect(diffReading(late.last, reading(), context(301_000)).report).toBeNull();
  });
});

describe('a state that a notification implies', () => {
  test('is reported at once, and the reading that confirms it has nothing to add', () => {
    const last = first().last;
    const implied = diffImplied(last, [{ at: 1, field: 'oper', code: 1 }], context(100));
    expect(content(implied)).toEqual({ state: { oper: [0, 1, 0] } });
    expect(implied.urgent).toBe(true);
    expect(diffReading(implied.last, reading({ state: { oper: [0, 1, 0] } }), context(500)).report).toBeNull();
  });

  test('is withdrawn by a reading that does not confirm it', () => {
    const implied = diffImplied(first().last, [{ at: 1, field: 'oper', code: 1 }], context(100));
    expect(content(diffReading(implied.last, reading(), context(500)))).toEqual({ state: { oper: [0, 0, 0] } });
  });

  test.for([
    ['what is known already', { at: 1, field: 'oper', code: 0 }],
    ['a port that is not there', { at: 7, field: 'oper', code: 1 }],
  ] as const)('adds nothing for %s', ([, cell]) => {
    expect(diffImplied(first().last, [cell], context(100)).report).toBeNull();
  });
});

describe('a reader of the reports in order', () => {
  const cell = (codes: number) => fc.option(fc.nat(codes - 1), { nil: null });
  const cells = (codes: number) => fc.array(cell(codes), { minLength: PORTS, maxLength: PORTS });
  const readings: fc.Arbitrary<Reading> = fc
    .record({
      state: fc.record(
        Object.fromEntries(PORT_STATE_FIELD_NAMES.map((field) => [field, cells(PORT_STATE_FIELDS[field].length)])),
      ),
      counters: fc.record(Object.fromEntries(PORT_COUNTER_NAMES.map((field) => [field, cells(5)]))),
      measures: fc.record(Object.fromEntries(PORT_MEASURE_NAMES.map((field) => [field, cells(8)]))),
    })
    .map((parts) => reading(parts as never));

  test('knows every state and counter exactly, and every measurement within its deadband', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(readings, fc.boolean()), { minLength: 1, maxLength: 12 }), (steps) => {
        let last: Difference['last'] | null = null;
        const seen = { state: {}, counters: {} } as Record<'state' | 'counters', Record<string, unknown>>;
        for (const [step, [next, forceFull]] of steps.entries()) {
          const difference = diffReading(last, next, context(step * 1_000, { forceFull }));
          last = difference.last;
          if (difference.report !== null) expect(Report.safeParse(difference.report).success).toBe(true);
          Object.assign(seen.state, difference.report?.state);
          Object.assign(seen.counters, difference.report?.counters);
          expect(seen.state).toEqual(next.state);
          expect(seen.counters).toEqual(next.counters);
          for (const field of PORT_MEASURE_NAMES) {
            for (const [at, cell] of next.measures[field].entries()) {
              expect(moved(last.measures[field][at], cell, PORT_DEADBAND[field])).toBe(false);
            }
          }
        }
      }),
    );
  });
});
