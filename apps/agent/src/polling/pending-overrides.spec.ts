import type { NullReasons, PortInfo } from '@loopstart/contracts';
import {
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  PORT_STATE_FIELDS,
  toCode,
} from '@loopstart/domain';
import type { NotificationReading } from '@loopstart/drivers';
import { describe, expect, test } from 'vitest';
import type { Reading } from './diff.ts';
import {
  applyOverrides,
  overridesOfNotification,
  overridesOfLineTest,
  type PendingOverrides,
} from './pending-overrides.ts';

const DAY_MS = 86_400_000;
const GROUND = toCode<string>(PORT_STATE_FIELDS.fault, 'ground-fault');
const NONE = toCode<string>(PORT_STATE_FIELDS.fault, 'none');
const ports = [1, 2, 3].map((position) => ({ position, key: String(position) }) as PortInfo);

type Column = (number | null)[];
const empty = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, [null, null, null]])) as Record<string, Column>;

/** A reading in which only the fault column and its reasons have values. */
function reading(fault: Column, nulls: NullReasons): Reading {
  return {
    state: { ...empty(PORT_STATE_FIELD_NAMES), fault },
    measures: empty(PORT_MEASURE_NAMES),
    counters: empty(PORT_COUNTER_NAMES),
    gatewayMeasures: {},
    nulls,
  } as unknown as Reading;
}
const unanswered = (): Reading => reading([null, null, null], [{ field: 'fault', reason: 'not-answered', ports: '*' }]);

const eventsOf = (kind: string, position: number | null): NotificationReading['events'] =>
  [{ kind, position }] as unknown as NotificationReading['events'];
const trap = (
  overrides: PendingOverrides,
  position: number,
  fault: 'ground-fault' | 'none' = 'ground-fault',
  nowMs = 0,
) =>
  overridesOfNotification(
    overrides,
    { events: eventsOf('port-fault', position), implies: [{ position, fault }] },
    nowMs,
  );

describe('a fault raised by a notification', () => {
  test('stands while polls do not read it', () => {
    const { reading: filled, overrides } = applyOverrides(trap([], 2), unanswered(), ports, 60_000);
    expect(filled.state.fault).toEqual([null, GROUND, null]);
    expect(filled.nulls).toEqual([{ field: 'fault', reason: 'not-answered', ports: [0, 2] }]);
    expect(overrides).toHaveLength(1);
  });

  test('leaves the reading unchanged', () => {
    const read = unanswered();
    applyOverrides(trap([], 2), read, ports, 0);
    expect(read).toEqual(unanswered());
  });

  const nobodyReads = reading([null, null, null], [{ field: 'fault', reason: 'not-supported', ports: '*' }]);
  const knows = reading([NONE, NONE, null], [{ field: 'fault', reason: 'not-answered', ports: [2] }]);
  test.for<[string, PendingOverrides, Reading, number]>([
    ['a poll that knows better', trap([], 2), knows, 10],
    ['a poll that knows of no such field', trap([], 2), nobodyReads, 10],
    [
      'the notification that it is cleared',
      overridesOfNotification(trap([], 2), { events: eventsOf('port-fault-cleared', 2), implies: [] }, 5),
      unanswered(),
      10,
    ],
    ['the word that there is none', trap(trap([], 2), 2, 'none'), unanswered(), 10],
    [
      'a start of the gateway',
      overridesOfNotification(trap([], 2), { events: eventsOf('cold-start', null), implies: [] }, 5),
      unanswered(),
      10,
    ],
    ['a day without either', trap([], 2), unanswered(), DAY_MS],
    ['an inventory without the port', trap([], 9), unanswered(), 10],
  ])('ends with %s', ([, before, read, nowMs]) => {
    const { reading: filled, overrides } = applyOverrides(before, read, ports, nowMs);
    expect(filled).toEqual(read);
    expect(overrides).toEqual([]);
  });

  test('on one port does not change another', () => {
    const cleared = overridesOfNotification(
      trap(trap([], 1), 3),
      { events: eventsOf('port-fault-cleared', 1), implies: [] },
      0,
    );
    expect(applyOverrides(cleared, unanswered(), ports, 10).reading.state.fault).toEqual([null, null, GROUND]);
  });

  test('raised twice is one, with its time from the last', () => {
    const overrides = trap(trap([], 2), 2, 'ground-fault', 1_000);
    expect(overrides).toHaveLength(1);
    expect(applyOverrides(overrides, unanswered(), ports, DAY_MS + 500).overrides).toHaveLength(1);
  });
});

describe('the measurements of a line test', () => {
  const result = { lineVoltageV: -48.5, loopCurrentMa: 0, ringVoltageV: 3, hook: 'on-hook' };

  test('count for five minutes, where polls measure nothing', () => {
    const overrides = overridesOfLineTest([], 1, result, 0);
    const { measures } = applyOverrides(overrides, unanswered(), ports, 299_000).reading;
    expect(measures.lineVoltageV).toEqual([-48.5, null, null]);
    expect(measures.loopCurrentMa).toEqual([0, null, null]);
    expect(measures.ringVoltageV).toEqual([null, null, null]);
    expect(applyOverrides(overrides, unanswered(), ports, 300_000)).toEqual({ reading: unanswered(), overrides: [] });
  });

  test('are replaced by those of a poll', () => {
    const read = unanswered();
    read.measures.lineVoltageV = [-50, -50, -50];
    expect(
      applyOverrides(overridesOfLineTest([], 1, result, 0), read, ports, 10).reading.measures.lineVoltageV,
    ).toEqual([-50, -50, -50]);
  });

  test.for([
    ['was not measured', { lineVoltageV: null }],
    ['is a word', { lineVoltageV: '48' }],
    ['is outside what a line can have', { lineVoltageV: 9_000 }],
    ['was not asked', {}],
  ] as const)('are left out where a value %s', ([, measured]) => {
    expect(overridesOfLineTest([], 1, measured, 0)).toEqual([]);
  });
});
