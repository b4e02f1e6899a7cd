import { expect, test } from 'vitest';
import { interpretNotification } from '../../engine/slices/notifications.ts';
import { textValue } from '../../engine/values.ts';
import { port, portsInWords } from '../../testing/support.ts';
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

test('a new text is unknown, and its port still exists', () => {
  const { rows, why } = portsInWords(unit('HT801', `${HT}.2.1.1.0.0|4|Ringing\n${HT}.2.2.1.0.0|4|`));
  expect(rows).toEqual([{ position: 1, kind: 'fxs' }]);
  expect(why('hook', 0)).toBe('invalid-value');
  expect(why('registration', 0)).toBe('not-applicable');
});

test('the second port of an HT813 is FXO, whichever object names the model', () => {
  const { ports } = portsInWords(unit('HT813', `${HT}.2.1.1.0.0|4|On Hook\n${HT}.2.1.2.0.0|4|On Hook`));
  expect(ports.map(({ kind }) => kind)).toEqual(['fxs', 'fxo']);
  const family = `1.3.6.1.2.1.1.5.0|4|HT813\n${HT}.2.1.1.0.0|4|On Hook\n${HT}.2.1.2.0.0|4|On Hook`;
  expect(portsInWords(unit('HT8XX', family)).ports.map(({ kind }) => kind)).toEqual(['fxs', 'fxo']);
});

test('rows without an instance are not ports', () => {
  expect(portsInWords(unit('HT801', `${HT}.2.1.1|4|On Hook\n${HT}.2.1.2.1|4|On Hook`)).ports).toEqual([]);
});

test('a unit that answers its scalars at .0 is read as one that answers them at .0.0', () => {
  const walk = (zero: string) =>
    portsInWords(
      unit(
        'HT8XX',
        [
          '1.3.6.1.2.1.1.5.0|4|HT802',
          `${HT}.1${zero}|4|9610000000B`,
          `${HT}.2.1.1${zero}|4|On Hook`,
          `${HT}.2.1.2${zero}|4|Off Hook`,
          `${HT}.2.2.1${zero}|4|Registered`,
          `${HT}.2.2.2${zero}|4|Not Registered`,
          `${HT}.3.4${zero}|4|1.0.63.9`,
          `${HT}.4.7${zero}|4|C0:74:AD:00:00:0B`,
        ].join('\n'),
      ),
    );
  const [short, long] = [walk('.0'), walk('.0.0')];
  expect(short.gateway).toEqual(long.gateway);
  expect(short.rows).toEqual(long.rows);
  expect(short.gateway).toMatchObject({
    model: 'HT802',
    firmware: '1.0.63.9',
    hardwareRevision: '9610000000B',
    macAddress: 'c0:74:ad:00:00:0b',
  });
  expect(short.rows[1]).toEqual({ position: 2, kind: 'fxs', hook: 'off-hook', registration: 'unregistered' });
});

test.for<[string, string, string | null]>([
  ['Linux HT8XX 3.4.20', 'HT813', 'HT813'],
  ['Linux HT8XXV2 4.4.143', 'HT814V2', 'HT814V2'],
  ['Linux HT818 3.4.20', 'lobby', 'HT818'],
  ['Linux HT8XX 3.4.20', 'lobby', null],
  ['Linux HT8XX 3.4.20', 'HT999', null],
])('%s with the name %s is a %s', ([sysDescr, sysName, model]) => {
  const walk = `1.3.6.1.2.1.1.1.0|4|${sysDescr}\n1.3.6.1.2.1.1.5.0|4|${sysName}\n${HT}.2.1.1.0.0|4|On Hook`;
  const modelReason = model === null ? 'unknown-hardware' : null;
  expect(portsInWords(walk).gateway).toMatchObject({ model, modelReason });
});

test('a line that never had an account is not in use; where no users are reported this stays unknown', () => {
  const lines = [1, 2, 3].map((at) => `${HT}.2.1.${at}.0.0|4|On Hook\n${HT}.2.2.${at}.0.0|4|Not Registered`).join('\n');
  const states = (walk: string) =>
    portsInWords(walk).rows.map((row) => (row as { registration?: string }).registration);
  expect(states(unit('HT814', `${lines}\n${HT}.2.7.2.0.0|4|1002`))).toEqual(['not-used', 'unregistered', 'not-used']);
  expect(states(unit('HT814', lines))).toEqual(['unregistered', 'unregistered', 'unregistered']);
});

test.for([grandstreamGxw, grandstreamHt])('the timed notification of $id has the state of all ports', (driver) => {
  const base = driver === grandstreamHt ? HT : '1.3.6.1.4.1.42397.1.1';
  const varbinds = [
    { oid: `${base}.2.1.1.0`, value: textValue('Off Hook') },
    { oid: `${base}.2.1.2.0`, value: textValue('On Hook') },
    { oid: `${base}.2.2.2.0`, value: textValue('Not Registered') },
    { oid: `${base}.2.1.3.0`, value: textValue('On Hook') },
  ];
  const ports = [port(1, '1.0.0'), port(2, '2.0.0')];
  const interpreted = interpretNotification(
    driver.notifications,
    { trapOid: `${base}.5.1`, varbinds, uptimeTicks: 5 },
    ports,
  );
  expect(interpreted.events[0]).toMatchObject({ kind: 'keep-alive', severity: 'info', position: null });
  expect(interpreted.implies).toEqual([
    { position: 1, hook: 'off-hook' },
    { position: 2, hook: 'on-hook', registration: 'unregistered' },
  ]);
});
