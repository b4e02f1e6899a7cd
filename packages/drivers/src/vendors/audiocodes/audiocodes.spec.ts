import { describe, expect, test } from 'vitest';
import { planAction } from '../../engine/slices/actions.ts';
import { interpretNotification } from '../../engine/slices/notifications.ts';
import { integerValue, textValue } from '../../engine/values.ts';
import { port, portsInWords } from '../../testing/support.ts';
import { audiocodes } from './audiocodes.driver.ts';

const AC = '1.3.6.1.4.1.5003';
const mp112 = (more: string) => `1.3.6.1.2.1.1.2.0|6|${AC}.8.1.1.58
${AC}.9.10.8.2.20.1.1.2.0|2|1
${AC}.9.10.8.2.20.1.1.2.1|2|0
${more}`;

describe('ports', () => {
  test('are counted from 0 by the gateway and from 1 on its case; in the new hook object 2 is off hook', () => {
    const { rows, gateway } = portsInWords(mp112(`${AC}.9.10.8.2.20.1.1.4.0|2|2\n${AC}.9.10.8.2.20.1.1.4.1|2|1`));
    expect(gateway.model).toBe('MP-112');
    expect(rows).toEqual([
      { position: 1, kind: 'fxs', hook: 'off-hook' },
      { position: 2, kind: 'fxo', hook: 'on-hook' },
    ]);
  });

  test('fall back to the old hook object, in which 0 is off hook', () => {
    const { rows, why } = portsInWords(mp112(`${AC}.9.10.1.4.1.1.18.0|2|0\n${AC}.9.10.1.4.1.1.18.1|2|-1`));
    expect(rows[0]).toMatchObject({ hook: 'off-hook' });
    expect(why('hook', 1)).toBe('not-applicable');
  });

  test('keep any other hook state unknown', () => {
    const { rows, why, poll } = portsInWords(mp112(`${AC}.9.10.8.2.20.1.1.4.0|2|7`));
    expect(rows[0]).not.toHaveProperty('hook');
    expect(why('hook', 0)).toBe('invalid-value');
    expect(why('hook', 1)).toBe('not-answered');
    expect(poll.problems).toEqual([
      { oid: `${AC}.9.10.8.2.20.1.1.4.0`, why: 'acAnalogFxsFxoHookState: integer 7 is not understood' },
    ]);
  });

  test('take their numbers from a range of channels', () => {
    const entry = `${AC}.9.10.3.1.1.1.21.1`;
    const { ports } = portsInWords(mp112(`${entry}.6.0|66|1\n${entry}.7.0|66|2\n${entry}.8.0|4|0099`));
    expect(ports.map(({ number }) => number)).toEqual(['0099', '0100']);
  });

  test('have no number where one row without a range cannot belong to both', () => {
    const { ports } = portsInWords(mp112(`${AC}.9.10.3.1.1.1.21.1.8.0|4|100`));
    expect(ports.map(({ number }) => number)).toEqual([null, null]);
  });
});

describe('active alarms', () => {
  const alarm = (
    row: number,
    trap: number,
    source: string,
    severity: number,
  ) => `${AC}.11.1.1.1.1.3.${row}|6|${AC}.9.10.1.21.2.0.${trap}
${AC}.11.1.1.1.1.7.${row}|4|${source}
${AC}.11.1.1.1.1.8.${row}|2|${severity}`;
  test.for([
    ['no alarm at all', `${AC}.9.10.10.2.5.4.0|2|0`, ['none', 'none']],
    ['an alarm that is not shown', `${AC}.9.10.10.2.5.4.0|2|4`, [undefined, undefined]],
    ['nothing answered', '', [undefined, undefined]],
    ['a ground fault', alarm(1, 76, 'System#0/analogports#2', 4), ['none', 'ground-fault']],
    ['a line circuit too hot', alarm(1, 47, 'System#0/analogports#1', 3), ['over-temperature', 'none']],
    ['a cleared row', alarm(1, 47, 'System#0/analogports#1', 0), ['none', 'none']],
    ['an alarm of the board', alarm(1, 29, 'Board#1', 5), ['none', 'none']],
    ['a port that is not there', alarm(1, 46, 'System#0/analogports#77', 5), ['none', 'none']],
  ] as const)('%s', ([, walk, faults]) => {
    expect(portsInWords(mp112(walk)).rows.map((row) => (row as { fault?: string }).fault)).toEqual(faults);
  });

  test('a receiver left off hook is a call state, not a fault', () => {
    const { rows } = portsInWords(mp112(alarm(9, 141, 'Board#1/SipAnalogEp#1', 4)));
    expect(rows[0]).toMatchObject({ call: 'receiver-off-hook', fault: 'none' });
  });

  test('media prove a call; absent media prove nothing', () => {
    const { rows, why } = portsInWords(mp112(`${AC}.9.10.1.4.1.1.1.0|2|1\n${AC}.9.10.1.4.1.1.1.1|2|0`));
    expect(rows[0]).toMatchObject({ call: 'in-use' });
    expect(why('call', 1)).toBe('not-applicable');
  });
});

describe('notifications', () => {
  const ports = [port(1, '0'), port(2, '1'), port(3, '2')];
  const globals = '1.3.6.1.4.1.5003.9.10.1.21.1';
  const interpret = (trapOid: string, source: string, severity: number, ownText = 'Analog Port Ground Fault') =>
    interpretNotification(
      audiocodes.notifications,
      {
        trapOid,
        uptimeTicks: 1,
        varbinds: [
          { oid: `${globals}.1.0`, value: integerValue(75) },
          { oid: `${globals}.2.0`, value: textValue(ownText) },
          { oid: `${globals}.3.0`, value: textValue(source) },
          { oid: `${globals}.4.0`, value: integerValue(severity) },
          { oid: '1.3.6.1.6.3.18.1.4.0', value: textValue('s3cret') },
        ],
      },
      ports,
    );

  test('a ground fault names its port, and the poll that follows confirms it', () => {
    const { events, implies, pollNow } = interpret('1.3.6.1.4.1.5003.9.10.1.21.2.0.76', 'System#0/analogports#3', 4);
    expect(events).toEqual([
      {
        kind: 'port-fault',
        severity: 'major',
        position: 3,
        text: 'Ground fault on the line on port 3 (Analog Port Ground Fault).',
        alarmKey: '76/System#0/analogports#3',
        detail: {
          notification: 'acAnalogPortGroundFaultOutOfService',
          acBoardTrapGlobalsName: '75',
          acBoardTrapGlobalsTextualDescription: 'Analog Port Ground Fault',
          acBoardTrapGlobalsSource: 'System#0/analogports#3',
          acBoardTrapGlobalsSeverity: '4',
        },
      },
    ]);
    expect(implies).toEqual([{ position: 3, fault: 'ground-fault' }]);
    expect(pollNow).toBe(true);
  });

  test('the gateway’s own text is not repeated', () => {
    const text = (ownText: string) =>
      interpret('1.3.6.1.4.1.5003.9.10.1.21.2.0.76', 'System#0/analogports#3', 4, ownText).events[0]?.text;
    expect(text('Ground fault on the line')).toBe('Ground fault on the line on port 3.');
    expect(text('ground fault on the line.')).toBe('Ground fault on the line on port 3.');
    expect(text('')).toBe('Ground fault on the line on port 3.');
  });

  test('raise and clear share one notification and one key', () => {
    const raised = interpret('1.3.6.1.4.1.5003.9.10.1.21.2.0.76', 'System#0/analogports#3', 5).events[0];
    const cleared = interpret('1.3.6.1.4.1.5003.9.10.1.21.2.0.76', 'System#0/analogports#3', 0);
    expect(cleared.events[0]).toMatchObject({ kind: 'port-fault-cleared', severity: 'cleared' });
    expect(cleared.events[0]?.alarmKey).toBe(raised?.alarmKey);
    expect(cleared.implies).toEqual([]);
  });

  test('a configured prefix changes nothing', () => {
    expect(interpret('1.3.6.1.4.1.99999.7.0.141', 'Board#1/SipAnalogEp#2', 4)).toMatchObject({
      events: [{ kind: 'receiver-off-hook', position: 2 }],
      implies: [{ position: 2, hook: 'off-hook', call: 'receiver-off-hook' }],
    });
  });

  test('a severity beyond the scale is a warning, an absent port matches none', () => {
    const { events, implies } = interpret('1.3.6.1.4.1.5003.9.10.1.21.2.0.47', 'System#0/analogports#9', 42);
    expect(events[0]).toMatchObject({ severity: 'warning', position: null });
    expect(implies).toEqual([]);
  });
});

describe('line test', () => {
  const steps = (
    model: string | null,
    kind: 'fxs' | 'fxo' = 'fxs',
    at = 1,
    firmware: string | null = '6.20A.038.002',
  ) => {
    const plan = planAction(audiocodes, 'line-test', port(at, String(at - 1), { kind }), { model, firmware });
    if ('unsupported' in plan) throw new Error(plan.unsupported);
    const [start, wait, result] = plan.steps;
    if (!start || !('set' in start) || !wait || !('readUntil' in wait) || !result || !('readResult' in result)) {
      throw new Error('not a line test');
    }
    return { start: start.set, wait: wait.readUntil, result: result.readResult };
  };

  test('starts, waits until it is over, and reads its outcome and hundredths', () => {
    const { start, wait, result } = steps('MP-118');
    expect(start).toEqual([{ oid: `${AC}.9.10.8.3.2.1.1.2.0`, value: integerValue(1) }]);
    expect([0, 1, 2, 3, 9].map((state) => wait.done(integerValue(state)))).toEqual([
      'wait',
      'wait',
      'done',
      'done',
      'wait',
    ]);
    expect(wait.done({ type: 'noSuchInstance' })).toBe('failed');
    expect([2, 3].map((state) => result['outcome']?.decoder.decode(integerValue(state)))).toEqual(['done', 'failed']);
    expect(result['lineVoltageV']?.decoder.decode(integerValue(-4810))).toBe(-48.1);
    expect(result['loopCurrentMa']?.decoder.decode(integerValue(2150))).toBe(21.5);
  });

  test('reads volts on an MP-124, and no volts where the model is unknown', () => {
    expect(steps('MP-124').result['lineVoltageV']?.decoder.decode(integerValue(-48))).toBe(-48);
    expect(steps(null).result).not.toHaveProperty('lineVoltageV');
  });

  test.for<[string, string | null, number, boolean]>([
    ['MP-118', '6.20A.038.002', 1, true],
    ['MP-118', '6.20A.038.002', 2, false],
    ['MP-124', '5.80A.023.006', 2, true],
    ['MP-124', '5.80A.023.006', 3, false],
    ['MP-124', '5.80A.023.006', 4, false],
    ['MP-124', '5.80A.023.006', 24, true],
    ['MP-124', '6.60A.309.001', 1, false],
    ['MP-118', '7.20A.258.010', 1, false],
    ['MP-118', null, 1, false],
  ])('on an %s with %s, port %i: asks for voltages %s', ([model, firmware, at, asked]) => {
    const { result } = steps(model, 'fxs', at, firmware);
    for (const name of ['lineVoltageV', 'loopCurrentMa', 'ringVoltageV'])
      expect(Object.keys(result).includes(name)).toBe(asked);
  });

  test('gives the ring voltage in hundredths on every model', () => {
    for (const model of ['MP-118', 'MP-124'])
      expect(steps(model).result['ringVoltageV']?.decoder.decode(integerValue(7_000))).toBe(70);
  });

  test('uses the other table on FXO', () => {
    const { start, result } = steps('MP-118', 'fxo');
    expect(start[0]?.oid).toBe(`${AC}.9.10.8.3.1.1.1.2.0`);
    expect(result['exchangeLine']?.decoder.decode(integerValue(1))).toBe('disconnected');
    expect(result['lineVoltageV']?.decoder.decode(integerValue(128))).toBeNull();
  });
});
