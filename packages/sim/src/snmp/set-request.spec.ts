import { actionRules, drivers, exampleState, planAction } from '@loopstart/drivers';
import type { ActionType } from '@loopstart/domain';
import { ERROR_STATUS, type SnmpValue, type VarBind } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { judgeSet } from './set-request.ts';
import { WRITABLE } from './writable-objects.ts';

const integer = (value: number): SnmpValue => ({ type: 'integer', value });
const portsOf = (id: string) => exampleState(drivers.find((driver) => driver.id === id) ?? drivers[0]!).ports;

describe('a SET is checked against the vendor’s table', () => {
  const LOCK = '1.3.6.1.4.1.4935.1000.100.200.100.1500.1.200.1.700';
  const PORT_1 = '6.80.111.114.116.48.49';
  const ports = portsOf('mediatrix-dgw');
  test.for<[string, VarBind[], keyof typeof ERROR_STATUS, number]>([
    ['an object that is read-only', [{ oid: '1.3.6.1.2.1.1.1.0', value: integer(1) }], 'notWritable', 1],
    ['a row that is not there', [{ oid: `${LOCK}.6.80.111.114.116.57.57`, value: integer(10) }], 'noCreation', 1],
    ['no row', [{ oid: LOCK, value: integer(10) }], 'noCreation', 1],
    ['another type', [{ oid: `${LOCK}.${PORT_1}`, value: { type: 'gauge32', value: 10 } }], 'wrongType', 1],
    ['a value outside the syntax', [{ oid: `${LOCK}.${PORT_1}`, value: integer(1) }], 'wrongValue', 1],
    [
      'one bad among good ones',
      [
        { oid: `${LOCK}.${PORT_1}`, value: integer(10) },
        { oid: `${LOCK}.${PORT_1}`, value: integer(3) },
      ],
      'wrongValue',
      2,
    ],
  ])('%s is refused', ([, varbinds, status, errorIndex]) => {
    expect(judgeSet('mediatrix-dgw', ports, new Map(), varbinds)).toEqual({
      errorStatus: ERROR_STATUS[status],
      errorIndex,
    });
  });

  test('no-op does nothing', () => {
    const noOp = [{ oid: `${LOCK}.${PORT_1}`, value: integer(0) }];
    expect(judgeSet('mediatrix-dgw', ports, new Map(), noOp)).toEqual({ effects: [] });
  });

  test('an Eltex port changes when its row is committed, not before', () => {
    const config = '1.3.6.1.4.1.35265.1.9.12.2.1';
    const rows = portsOf('eltex-tau');
    const pending = new Map<string, number>();
    const judge = (varbinds: VarBind[]) => judgeSet('eltex-tau', rows, pending, varbinds);
    expect(judge([{ oid: `${config}.21.5`, value: integer(1) }])).toEqual({ effects: [] });
    expect(judge([{ oid: `${config}.34.6`, value: integer(1) }])).toEqual({ effects: [] });
    expect(judge([{ oid: `${config}.34.5`, value: integer(1) }])).toEqual({
      effects: [{ effect: 'force-lock', position: 5 }],
    });
    expect(judge([{ oid: `${config}.34.5`, value: integer(1) }])).toEqual({ effects: [] });
  });
});

/** The effect of each action, whichever objects the driver writes for it. */
const MEANS: Partial<Record<ActionType, readonly string[]>> = {
  'lock-port': ['lock', 'force-lock'],
  'unlock-port': ['unlock'],
  'reset-port': ['reset', 'unlock'],
  'line-test': ['line-test'],
  reboot: ['reboot'],
};

const actions = drivers.flatMap((driver) =>
  (Object.keys(actionRules(driver)) as ActionType[]).map((type) => [driver.id, type, driver] as const),
);

test.for(actions)('%s: %s is accepted, and has its effect on that port', ([id, type, driver]) => {
  const { ports, gateway } = exampleState(driver);
  const target = actionRules(driver)[type]?.scope === 'port' ? (ports[1] ?? null) : null;
  const plan = planAction(driver, type, target, { model: gateway.model, firmware: gateway.firmware });
  if ('unsupported' in plan) throw new Error(plan.unsupported);
  const pending = new Map<string, number>();
  const effects = plan.steps.flatMap((step) => {
    if (!('set' in step)) return [];
    const verdict = judgeSet(id, ports, pending, step.set);
    if ('errorStatus' in verdict) throw new Error(`${id} refuses ${type}: error ${verdict.errorStatus}`);
    return verdict.effects;
  });
  expect(effects.length).toBeGreaterThan(0);
  const last = effects.at(-1);
  expect(MEANS[type] ?? []).toContain(last?.effect);
  expect(effects.every(({ position }) => position === (target?.position ?? null))).toBe(true);
});

test('every table belongs to a driver', () => {
  const ids = new Set(drivers.map(({ id }) => id));
  expect(Object.keys(WRITABLE).filter((id) => !ids.has(id))).toEqual([]);
});
