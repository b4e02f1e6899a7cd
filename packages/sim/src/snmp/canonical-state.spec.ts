import { profileFits } from '@loopstart/domain';
import { drivers } from '@loopstart/drivers';
import { expect, test } from 'vitest';
import { staticState } from './canonical-state.ts';

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
