import { expect, onTestFinished, test } from 'vitest';
import { SimFleet } from '../fleet/sim-fleet.ts';
import { fleetStatus } from '../fleet/status.ts';
import { PROVISIONED_DRIVERS } from './provisioned-drivers.ts';

const FACES: Readonly<Record<string, readonly string[]>> = {
  audiocodes: ['ssh', 'sip'],
  'cisco-ios': ['ssh'],
  'cisco-spa': ['http', 'sip'],
  'grandstream-gxw': ['ssh', 'sip'],
  'grandstream-ht': ['ssh', 'sip'],
  'mediatrix-dgw': ['ssh'],
  'patton-smartnode': ['ssh'],
  'sangoma-vega': ['ssh'],
};

const fleetOf = (gateways: object[]) =>
  SimFleet.create(
    {
      sipService: { registrars: [{ host: 'sip.example.net', accounts: [{ user: '2001', password: 'p' }] }] },
      customers: [{ name: 'c', sites: [{ name: 's', timeZone: 'UTC', gateways: gateways as never }] }],
    },
    { tickMs: 0 },
  );

test('the status of a fleet has the faces of each gateway, and no password', async () => {
  const provisioning = { password: 'unit-login-1' };
  const fleet = await fleetOf([
    ...[...PROVISIONED_DRIVERS].map((driver) => ({ name: driver, driver, provisioning })),
    { name: 'plain' },
  ]);
  onTestFinished(() => fleet.stop());
  await fleet.start();
  const status = fleetStatus(fleet);
  for (const { driver, provisioning: shown } of status.filter(({ name }) => name !== 'plain')) {
    const open = ['ssh', 'http', 'sip'].filter((face) => typeof shown?.endpoints[face as 'ssh'] === 'number');
    expect(open.toSorted(), driver).toEqual([...(FACES[driver] ?? [])].toSorted());
    expect(shown).toMatchObject({ reboots: 0, callsCut: 0 });
  }
  expect(status.at(-1)?.provisioning).toBeNull();
  expect(JSON.stringify(status)).not.toContain('unit-login-1');
});

test.for<[string, object, RegExp]>([
  [
    'a driver without faces',
    { driver: 'eltex-tau', provisioning: { password: 'x' } },
    /eltex-tau has no provisioning face/,
  ],
  ['no password', { driver: 'audiocodes', provisioning: {} }, /password/],
  [
    'a configuration that the unit refuses',
    { driver: 'grandstream-ht', provisioning: { password: 'x', initial: '<gs_provision>' } },
    /initial configuration is refused: XML line 1/,
  ],
])('%s is an error of the description', async ([, gateway, message]) => {
  await expect(fleetOf([{ name: 'g', ...gateway }])).rejects.toThrow(message);
});
