import { expect, test } from 'vitest';
import { interpretNotification } from '../../engine/notifications.ts';
import { textValue } from '../../engine/values.ts';
import { port, portsInWords } from '../../test-support.ts';
import { grandstreamGxw, grandstreamHt } from './grandstream.driver.ts';

const HT = '1.3.6.1.4.1.42397.1.2';
const unit = (model: string, more: string) =>
  `1.3.6.1.2.1.1.1.0|4|Linux ${model} 3.4.20 #1 armv7l\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8072.3.2.10\n${more}`;

test('the number of ports is the number of hook rows, whatever else answers', () => {
  const { rows, gateway } = portsInWords(
    unit(
      'HT802',
      `${HT}.2.1.1.0.0|4|Off Hook\n${HT}.2.1.2.0.0|4|On Hook\n${HT}.2.2.1.0.0|4|Registered\n${HT}.2.2.2.0.0|4|Not Registered
${HT}.2.2.3.0.0|4|Not Registered\n${HT}.2.3.4.0.0|2|0`,
    ),
  );
  expect(gateway.model).toBe('HT802');
  expect(rows).toEqual([
    { position: 1, kind: 'fxs', hook: 'off-hook', registration: 'registered' },
    { position: 2, kind: 'fxs', hook: 'on-hook', registration: 'unregistered' },
  ]);
});

test('a text that nobody has seen yet is unknown, and the port is still there', () => {
  const { rows, why } = portsInWords(unit('HT801', `${HT}.2.1.1.0.0|4|Ringing\n${HT}.2.2.1.0.0|4|`));
  expect(rows).toEqual([{ position: 1, kind: 'fxs' }]);
  expect(why('hook', 0)).toBe('invalid-value');
  expect(why('registration', 0)).toBe('not-applicable');
});

test('the second port of an HT813 is FXO', () => {
  const { ports } = portsInWords(unit('HT813', `${HT}.2.1.1.0.0|4|On Hook\n${HT}.2.1.2.0.0|4|On Hook`));
  expect(ports.map(({ kind }) => kind)).toEqual(['fxs', 'fxo']);
});

test('rows without the instance .0.0 are no ports', () => {
  expect(portsInWords(unit('HT801', `${HT}.2.1.1|4|On Hook\n${HT}.2.1.2.0|4|On Hook`)).ports).toEqual([]);
});

test.for([grandstreamGxw, grandstreamHt])('the timed notification of $id tells the state of all ports', (driver) => {
  const base = driver === grandstreamHt ? HT : '1.3.6.1.4.1.42397.1.1';
  const varbinds = [
    { oid: `${base}.2.1.1.0`, value: textValue('Off Hook') },
    { oid: `${base}.2.1.2.0`, value: textValue('On Hook') },
    { oid: `${base}.2.2.2.0`, value: textValue('Not Registered') },
    { oid: `${base}.2.1.3.0`, value: textValue('On Hook') },
  ];
  const ports = [port(1, '1.0.0'), port(2, '2.0.0')];
  const heard = interpretNotification(driver, { trapOid: `${base}.5.1`, varbinds, uptimeTicks: 5 }, ports);
  expect(heard.events[0]).toMatchObject({ kind: 'keep-alive', severity: 'info', position: null });
  expect(heard.implies).toEqual([
    { position: 1, hook: 'off-hook' },
    { position: 2, hook: 'on-hook', registration: 'unregistered' },
  ]);
});
