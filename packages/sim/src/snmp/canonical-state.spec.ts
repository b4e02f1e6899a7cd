import { profileFits } from '@loopstart/domain';
import { driverById, drivers } from '@loopstart/drivers';
import { expect, test } from 'vitest';
import { ProvisionedGateway } from '../testing/provisioned-gateway.ts';
import { canonicalState, staticState } from './canonical-state.ts';

const countriesOf = (timeZone?: string) =>
  drivers.flatMap((driver) =>
    staticState(driver, { model: driver.models[0]!.name, name: 'gw', ports: [], timeZone }).ports.flatMap(
      ({ countryProfile }) => countryProfile ?? [],
    ),
  );

test('a gateway has the country of its site, where its driver knows one', () => {
  const here = countriesOf('Australia/Sydney');
  expect(here).toContain('Australia 1');
  expect(here.filter((country) => profileFits(country, 'Australia/Sydney') === false)).toEqual([]);
  expect(countriesOf('Europe/Paris')).toContain('France 1');
});

test('the voice ports of IOS have the names of their interfaces', () => {
  const { ports } = staticState(driverById('cisco-ios')!, { model: 'VG224', name: 'gw', ports: [] });
  expect([ports[0]?.name, ports[23]?.name]).toEqual(['Foreign Exchange Station 2/0', 'Foreign Exchange Station 2/23']);
});

test('a registration that IOS has by SIP is not in its SNMP', async () => {
  const initial = [
    'dial-peer voice 1 pots',
    ' destination-pattern 2001',
    ' port 0/0',
    ' authentication username 2001 password 0 secret-2001',
    'sip-ua',
    ' registrar dns:sip.example.net',
    'end',
  ].join('\n');
  const it = await ProvisionedGateway.start({ driver: 'cisco-ios', model: 'VG202', initial: () => initial });
  await it.pass(30);
  expect(it.registrations()[0]).toBe('registered');
  const driver = driverById('cisco-ios')!;
  const { living } = it.gateway;
  const known = staticState(driver, { model: 'VG202', name: 'gw', ports: [] });
  const { states } = canonicalState(known, living.plan.profile, living.life, it.clock.at, driver);
  expect(states.map(({ registration }) => registration)).toEqual([null, null]);
});
