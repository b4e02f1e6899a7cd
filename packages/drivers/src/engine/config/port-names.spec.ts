import { expect, test } from 'vitest';
import { namedUnit, renderFor } from '../../configuration.ts';

const ports = (...names: (string | null)[]) => names.map((name, at) => ({ position: at + 1, name }));
const wish = {
  gateway: {},
  ports: [1, 2, 3, 4].map((position) => ({ position, settings: { 'port.displayName': `Desk ${position}` } })),
};

test('the voice ports of IOS are named after their interfaces, and after nothing else', () => {
  const found = ports('Foreign Exchange Station 0/1/0', 'Fo2/3', 'Lobby 0/1/2', null);
  const unit = namedUnit('cisco-ios', { model: 'VG204', firmware: null }, found);
  expect([...unit.portNames!]).toEqual([
    [1, '0/1/0'],
    [2, '2/3'],
  ]);
  const { changes, refusals, notVerified } = renderFor('cisco-ios', unit, wish);
  expect(changes.map(({ key }) => key)).toEqual([
    'voice-port 0/1/0 > station-id name',
    'voice-port 2/3 > station-id name',
  ]);
  expect([...refusals, ...notVerified].map(({ position }) => position)).toEqual([3, 4]);
});

test('the endpoints of a Mediatrix are named as it reports them', () => {
  const unit = namedUnit('mediatrix-dgw', { model: 'Mediatrix C710', firmware: null }, ports('Port01', '1', ''));
  expect([...unit.portNames!]).toEqual([[1, 'Port01']]);
});

test.for(['grandstream-ht', 'nobody'])('%s needs no names', (driverId) => {
  const { portNames } = namedUnit(driverId, { model: 'HT802', firmware: null }, ports('Port 1'));
  expect([...(portNames ?? [])]).toEqual([]);
});
