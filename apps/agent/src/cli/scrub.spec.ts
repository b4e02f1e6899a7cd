import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answersFrom,
  identify,
  IDENTIFY_SCALARS,
  interpretPoll,
  interpretInventory,
  inventoryPlan,
  parseSnmprec,
} from '@loopstart/drivers';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { sourcesOf } from './record.ts';
import { scrub } from './scrub.ts';
import { snmprecLine } from './snmprec.ts';

const text = (value: string): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(value) });
const ENTERPRISE = '1.3.6.1.4.1.99999';
const options = {
  secrets: ['sEcret-community'],
  personal: [`${ENTERPRISE}.1.2`, `${ENTERPRISE}.9.0`] as Oid[],
  technical: [`${ENTERPRISE}.5.0`] as Oid[],
};

/** The value after scrubbing as text, 'gone' when the whole line went. */
function scrubbed(oid: Oid, value: SnmpValue, others: VarBind[] = []): string {
  const found = scrub([...others, { oid, value }], options).find((varbind) => varbind.oid === oid);
  if (found === undefined) return 'gone';
  return snmprecLine(found)?.split('|').slice(1).join('|') ?? 'none';
}
const descr: VarBind = { oid: '1.3.6.1.2.1.1.1.0', value: text('Acme GW-8 analog gateway 1.0.23.9') };
const firmware: VarBind = { oid: `${ENTERPRISE}.5.0`, value: text('1.0.23.9') };

describe('what is taken out of a recording', () => {
  test.for([
    ['the contact', '1.3.6.1.2.1.1.4.0', text('Jane Doe, +44 20 7946 0000'), '4|contact'],
    ['the name of the gateway', '1.3.6.1.2.1.1.5.0', text('st-marys-lift'), '4|gateway'],
    ['the place', '1.3.6.1.2.1.1.6.0', text('12 High Street'), '4|location'],
    ['an IP address', `${ENTERPRISE}.3.0`, { type: 'ip', value: '10.1.2.3' }, '64|192.0.2.1'],
    ['an IP address in a text', '1.3.6.1.2.1.2.2.1.2.1', text('to 10.1.2.3'), '4|to 192.0.2.1'],
    [
      'a MAC address, but its maker',
      '1.3.6.1.2.1.2.2.1.6.1',
      { type: 'octets', value: Uint8Array.of(0, 144, 143, 1, 2, 3) },
      '4x|00908f000000',
    ],
    ['a MAC address in a text', '1.3.6.1.2.1.2.2.1.2.1', text('eth 00:90:8f:12:34:56'), '4|eth 00:90:8f:00:00:00'],
    ['a name that a person gave a port', '1.3.6.1.2.1.31.1.1.1.18.1', text('Lift Ms. Doe'), '4|Xxxx Xx. Xxx'],
    ['a telephone number', `${ENTERPRISE}.1.2.7`, text('+442079460000'), '4|+000000000000'],
    ['a serial number', `${ENTERPRISE}.9.0`, text('SN-3589'), '4|XX-0000'],
    ['an unknown text of the maker', `${ENTERPRISE}.7.0`, text('Reception (Ada)'), '4|Xxxxxxxxx (Xxx)'],
    ['a community wherever it stands', `${ENTERPRISE}.8.0`, text('v2:sEcret-community'), `4|v2:${'x'.repeat(16)}`],
    [
      'a long binary value',
      `${ENTERPRISE}.8.0`,
      { type: 'octets', value: new Uint8Array(16).fill(7) },
      `4x|${'00'.repeat(16)}`,
    ],
    ['a MAC address that is all of a text', `${ENTERPRISE}.8.0`, text('C0:74:AD:12:34:56'), '4|C0:74:AD:00:00:00'],
    ['one without dots', `${ENTERPRISE}.8.0`, text('c074ad123456'), '4|c074ad000000'],
    ['one in groups of four', `${ENTERPRISE}.8.0`, text('c074.ad12.3456'), '4|c074.ad00.0000'],
    ['one where a driver reads it', `${ENTERPRISE}.9.0`, text('C0-74-AD-12-34-56'), '4|C0-74-AD-00-00-00'],
    ['one whose octets are letters', '1.3.6.1.2.1.2.2.1.6.1', text('ABCDEF'), '4x|414243000000'],
    ['an address of a private network', `${ENTERPRISE}.7.0`, text('192.168.7.9'), '4|000.000.0.0'],
    ['an address that is none of its versions', `${ENTERPRISE}.7.0`, text('5.9.12.34'), '4|0.0.00.00'],
    ['routes', '1.3.6.1.2.1.4.21.1.1.10.0.0.0', { type: 'ip', value: '10.0.0.0' }, 'gone'],
    ['users of SNMP', '1.3.6.1.6.3.15.1.2.2.1.3.5.1', text('ops'), 'gone'],
    ['who changed the configuration', '1.3.6.1.4.1.9.9.43.1.1.6.1.8.1', text('jane'), 'gone'],
  ] as const)('%s', ([, oid, value, expected]) => {
    expect(scrubbed(oid, value as SnmpValue)).toBe(expected);
  });
});

describe('what stays', () => {
  test.for([
    ['numbers', `${ENTERPRISE}.4.0`, { type: 'integer', value: 7 }, '2|7'],
    ['what the gateway is', '1.3.6.1.2.1.1.2.0', { type: 'oid', value: `${ENTERPRISE}.1` }, `6|${ENTERPRISE}.1`],
    ['a version', `${ENTERPRISE}.7.0`, text('6.60A.309.001'), '4|6.60A.309.001'],
    ['words of its own description', `${ENTERPRISE}.7.0`, text('Acme GW-8'), '4|Acme GW-8'],
    ['a firmware that looks like an address', `${ENTERPRISE}.5.0`, text('1.0.23.9'), '4|1.0.23.9'],
    ['also where the description contains it', descr.oid, descr.value, '4|Acme GW-8 analog gateway 1.0.23.9'],
    ['another that begins like it', `${ENTERPRISE}.7.0`, text('1.0.23.1'), '4|1.0.23.1'],
    ['four numbers that are no address', `${ENTERPRISE}.7.0`, text('6.60.309.1'), '4|6.60.309.1'],
    ['a firmware in the standard place', '1.3.6.1.2.1.47.1.1.1.1.9.1', text('4.2.0.7'), '4|4.2.0.7'],
    ['an empty text', `${ENTERPRISE}.7.0`, text(''), '4|'],
    ['the name of an interface', '1.3.6.1.2.1.2.2.1.2.1', text('FXS 1'), '4|FXS 1'],
  ] as const)('%s', ([, oid, value, expected]) => {
    expect(scrubbed(oid, value as SnmpValue, [descr, firmware])).toBe(expected);
  });
});

test('an address in the description is taken out where the walk, or the command, has it as one', () => {
  const found = { oid: descr.oid, value: text('Acme at 8.1.2.3, asked at 7.1.2.3, firmware 2.0.1.4') };
  const own: VarBind = { oid: '1.3.6.1.2.1.4.20.1.1.8.1.2.3', value: { type: 'ip', value: '8.1.2.3' } };
  const [first] = scrub([found, own], { ...options, addresses: ['7.1.2.3'] });
  expect(snmprecLine(first as VarBind)).toBe(`${descr.oid}|4|Acme at 192.0.2.1, asked at 192.0.2.1, firmware 2.0.1.4`);
});

const RECORDINGS = join(import.meta.dirname, '../../../../../shared/recordings');
const recordings = existsSync(RECORDINGS) ? readdirSync(RECORDINGS).filter((name) => name.endsWith('.snmprec')) : [];

describe.skipIf(recordings.length === 0)('real recordings (skipped: recordings absent)', () => {
  test.for(recordings.map((name) => [name] as const))('%s gives a driver the same states after scrubbing', ([name]) => {
    const walk = parseSnmprec(readFileSync(join(RECORDINGS, name), 'utf8'));
    const scalars = new Map(
      walk.filter(({ oid }) => IDENTIFY_SCALARS.includes(oid)).map(({ oid, value }) => [oid, value]),
    );
    const { driver } = identify(scalars);
    const clean = scrub(walk, { secrets: [], ...sourcesOf(driver) });
    const plan = inventoryPlan(driver);
    const read = (values: VarBind[]) => {
      const answers = answersFrom(values, plan);
      const { gateway, ports } = interpretInventory(driver, answers);
      return {
        firmware: gateway.firmware,
        maker: gateway.macAddress?.slice(0, 8) ?? null,
        model: gateway.model?.replaceAll(/\d+(\.\d+){3}/g, 'version or address'),
        kinds: ports.map(({ kind }) => kind),
        reading: interpretPoll(driver, ports, answers).state,
      };
    };
    expect(read(clean)).toEqual(read(walk));
    expect(parseSnmprec(clean.map(snmprecLine).join('\n')).length).toBe(clean.length);
  });
});
