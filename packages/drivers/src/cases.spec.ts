import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CASES, portsInWords } from './testing/support.ts';

const absent = !existsSync(CASES);
if (absent) console.warn('skipped: the cases of real units are absent (../shared/cases)');

const read = (name: string) => portsInWords(readFileSync(`${CASES}${name}.snmprec`, 'utf8'));

/**
 * Excerpts of real units that were once read wrongly, with the right reading. Our own fixtures are in the other specs.
 */
describe.skipIf(absent)('a real unit', () => {
  test('an HT802 that answers its scalars at .0', () => {
    const { gateway, rows } = read('ht802-instance-zero');
    expect(rows).toEqual([
      { position: 1, kind: 'fxs', hook: 'on-hook', registration: 'registered' },
      { position: 2, kind: 'fxs', hook: 'on-hook', registration: 'unregistered' },
    ]);
    expect(gateway).toMatchObject({ model: 'HT802', firmware: '1.0.63.3', hardwareRevision: '9610000000A' });
  });

  test('an HT813 whose description names only the family', () => {
    const { gateway, rows } = read('ht813-family-sysdescr');
    expect(rows).toEqual([
      { position: 1, kind: 'fxs', hook: 'on-hook', registration: 'unregistered' },
      { position: 2, kind: 'fxo', hook: 'on-hook', registration: 'registered' },
    ]);
    expect(gateway).toMatchObject({ model: 'HT813', firmware: '1.0.5.7' });
  });

  test('an HT814V2 with its MAC address, and two lines that never had an account', () => {
    const { gateway, rows } = read('ht814v2-mac-and-unused');
    expect(gateway).toMatchObject({ model: 'HT814V2', macAddress: 'ec:74:d7:00:00:02' });
    expect(rows.map((row) => (row as { registration?: string }).registration)).toEqual([
      'unregistered',
      'registered',
      'not-used',
      'not-used',
    ]);
  });

  test('an SPA112 in the second form of its description', () => {
    const { driver, gateway } = read('spa112-sysdescr-second-form');
    expect(driver.id).toBe('cisco-spa');
    expect(gateway).toMatchObject({ model: 'SPA112', firmware: '1.4.0(001)' });
  });

  test('a cable modem with the structure of DOCSIS', () => {
    expect(read('docsis-sysdescr').gateway).toMatchObject({
      vendor: 'Arris Interactive, L.L.C.',
      model: 'TM822G',
      hardwareRevision: '2',
      firmware: '9.1.103S5E.SIP',
    });
  });

  test('a SmartNode below zero', () => {
    const { poll } = read('patton-below-zero');
    expect(poll.gatewayMeasures.temperatureC).toBe(-5);
    expect(poll.problems).toEqual([]);
  });
});
