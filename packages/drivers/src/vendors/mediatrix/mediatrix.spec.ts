import { describe, expect, test } from 'vitest';
import { planAction } from '../../engine/slices/actions.ts';
import { integerValue } from '../../engine/values.ts';
import { port, portsInWords } from '../../testing/support.ts';
import { mediatrixDgw } from './mediatrix-dgw.driver.ts';
import { mediatrixSip } from './mediatrix-sip.driver.ts';

const B = '1.3.6.1.4.1.4935.1000.100.200.100';
const ENDPOINT = `${B}.1500.1.200.1`;
const LINE = `${B}.1800.1.100.1`;
const REG = `${B}.1400.1.800.10000.1`;
const PORT1 = '6.80.111.114.116.48.49';
const PORT2 = '6.80.111.114.116.48.50';

const unit = (more: string) => `${B}.2000.1.100.100.0|4|Mediatrix C710
${LINE}.200.${PORT1}|2|100
${LINE}.200.${PORT2}|2|200
${ENDPOINT}.100.${PORT1}|4|Port01
${ENDPOINT}.100.${PORT2}|4|Port02
${more}`;

describe('DGW', () => {
  test('rows are named by a text, states by hundreds', () => {
    const { driver, gateway, rows, ports } = portsInWords(
      unit(`${ENDPOINT}.300.${PORT1}|2|100
${ENDPOINT}.300.${PORT2}|2|300
${LINE}.300.${PORT1}|2|200
${LINE}.300.${PORT2}|2|500
${REG}.300.7|4|Port01
${REG}.400.7|2|400
${B}.1800.1.20000.10100.100.1.200.${PORT2}|2|300`),
    );
    expect(driver).toBe(mediatrixDgw);
    expect(gateway.model).toBe('Mediatrix C710');
    expect(ports.map(({ key, name }) => [key, name])).toEqual([
      [PORT1, 'Port01'],
      [PORT2, 'Port02'],
    ]);
    expect(rows).toEqual([
      { position: 1, kind: 'fxs', admin: 'unlocked', oper: 'in-service', call: 'in-use', registration: 'registered' },
      { position: 2, kind: 'fxo', admin: 'locked', oper: 'out-of-service', fault: 'no-exchange-line' },
    ]);
  });

  test('an index without its length is taken as it is read', () => {
    const key = PORT1.slice(2);
    const walk = `${B}.2000.1.100.100.0|4|C7\n${LINE}.200.${key}|2|100\n${LINE}.300.${key}|2|100`;
    expect(portsInWords(walk).rows).toEqual([{ position: 1, kind: 'fxs', oper: 'in-service', call: 'idle' }]);
  });

  test('the endpoint counts where the line does not answer', () => {
    const { rows } = portsInWords(unit(`${ENDPOINT}.400.${PORT1}|2|0\n${ENDPOINT}.500.${PORT1}|2|200`));
    expect(rows[0]).toMatchObject({ oper: 'out-of-service', call: 'in-use' });
  });

  test('of several registrations of a port the worst counts', () => {
    const { rows, why } = portsInWords(
      unit(`${REG}.300.1|4|Port01\n${REG}.400.1|2|300\n${REG}.300.2|4|Port01\n${REG}.400.2|2|700
${REG}.300.3|4|\n${REG}.400.3|2|300\n${REG}.300.4|4|Port02\n${REG}.400.4|2|123`),
    );
    expect(rows[0]).toMatchObject({ registration: 'auth-failed' });
    expect(why('registration', 1)).toBe('invalid-value');
  });

  test('the firmware is that of the bank in use', () => {
    const pack = `${B}.1300.1.100.1`;
    const { gateway } = portsInWords(
      unit(`${pack}.200.1|4|Dgw 47\n${pack}.300.1|2|300\n${pack}.200.2|4|Dgw 48\n${pack}.300.2|2|400`),
    );
    expect(gateway.firmware).toBe('Dgw 48');
  });

  test('a lock is done when the endpoint reports locked, not when it was requested', () => {
    const plan = planAction(mediatrixDgw, 'lock-port', port(1, PORT1));
    if ('unsupported' in plan) throw new Error(plan.unsupported);
    const [write, wait] = plan.steps;
    expect(write).toEqual({ transport: 'snmp', set: [{ oid: `${ENDPOINT}.700.${PORT1}`, value: integerValue(10) }] });
    if (!wait || !('readUntil' in wait)) throw new Error('does not wait');
    expect(wait.readUntil.oid).toBe(`${ENDPOINT}.300.${PORT1}`);
    expect([100, 200, 300].map((state) => wait.readUntil.done(integerValue(state)))).toEqual(['wait', 'wait', 'done']);
    expect(wait.readUntil.done({ type: 'noSuchInstance' })).toBe('failed');
  });
});

test('older units: ports by ifTable, lock states by number', () => {
  const admin = '1.3.6.1.4.1.4935.5.8.1.10.1';
  const { driver, gateway, rows } = portsInWords(`1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.4935.1.22
1.3.6.1.2.1.2.2.1.3.1|2|24
1.3.6.1.2.1.2.2.1.3.3|2|102
1.3.6.1.2.1.2.2.1.3.4|2|102
${admin}.3.3|2|4
${admin}.4.3|2|1
${admin}.5.3|2|3
${admin}.3.4|2|1
${admin}.5.4|2|4`);
  expect(driver).toBe(mediatrixSip);
  expect(gateway.model).toBe('Mediatrix 4104');
  expect(rows).toEqual([
    { position: 1, kind: 'fxs', admin: 'locked', oper: 'in-service', call: 'in-use' },
    { position: 2, kind: 'fxs', admin: 'unlocked' },
  ]);
});
