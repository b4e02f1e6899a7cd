import type { Oid, SnmpValue } from '@loopstart/snmp';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import type { Source } from './engine/source.ts';
import { allSources } from './engine/sources.ts';
import { RESEARCH } from './testing/support.ts';

/** Objects of the vendors' MIBs: name and syntax by OID, as two independent MIB parsers agreed on them. */
const TABLE = `${RESEARCH}oids.tsv`;
const objects = new Map<Oid, { name: string; syntax: string }>();
if (existsSync(TABLE)) {
  for (const line of readFileSync(TABLE, 'utf8').split('\n').slice(1)) {
    const [, , name = '', oid = '', , , syntax = ''] = line.split('\t');
    objects.set(oid, { name, syntax });
  }
}
const absent = objects.size === 0;
if (absent) console.warn('skipped: the table of MIB objects (../shared/research) is absent');

/** Checked in the MIB text by eye, not in the table. */
const BY_EYE: Readonly<Record<Oid, string>> = {
  // IF-MIB (RFC 2863).
  '1.3.6.1.2.1.2.2.1.6': 'ifPhysAddress',
  '1.3.6.1.4.1.9.9.393.1.2.1.1.2': 'cvcPortAssociation',
  '1.3.6.1.4.1.35265.1.55.1.3.2.1.5': 'sipProProxyip',
  '1.3.6.1.4.1.35265.1.55.1.3.2.1.7': 'sipProRegistrarip',
};

/** In no MIB text: found in the walks of units, and named here by their content. */
const SEEN_ONLY: Readonly<Record<Oid, string>> = {
  '1.3.6.1.4.1.42397.1.2.2.7': 'sipUserId',
  '1.3.6.1.4.1.42397.1.2.4.5': 'lanMacAddress',
  '1.3.6.1.4.1.42397.1.2.4.7': 'macAddress',
};

/** The object of an instance: without .0, or Grandstream's .0.0. */
const objectOf = (oid: Oid) => oid.replace(/\.0(\.0)?$/, '');

/** Grandstream numbers its objects by port where others have a column: hookStatus1, hookStatus2 … */
const entryOf = (source: Source<unknown>) => objects.get(objectOf(source.oid)) ?? objects.get(`${source.oid}.1`);

/** Numbers of an enumerated syntax, as far as the table shows it. */
const numbersIn = (syntax: string) =>
  /^(?:[\w-]+ = )?INTEGER *\{/.test(syntax)
    ? [...syntax.matchAll(/\((-?\d+)\)/g)].map(([, number]) => Number(number))
    : [];

describe.skipIf(absent).for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([, driver]) => {
  test('every object has the same name in its MIB and in the driver', () => {
    for (const source of allSources(driver)) {
      const name = entryOf(source)?.name ?? BY_EYE[source.oid] ?? SEEN_ONLY[source.oid];
      expect([source.object, `${source.object}1`], source.oid).toContain(name);
    }
  });

  test('every value of an enumerated object is mapped', () => {
    for (const source of allSources(driver)) {
      // ifType has hundreds of values; all but two mean that the row is not a port.
      if (source.object === 'ifType') continue;
      for (const number of numbersIn(entryOf(source)?.syntax ?? '')) {
        const value: SnmpValue = { type: 'integer', value: number };
        expect(source.codec.decode(value), `${source.object} ${number}`).not.toBeUndefined();
      }
    }
  });

  test('every notification has its name in the MIB, as far as the table has it', () => {
    for (const { trapOid, object } of driver.notifications.rules) {
      const name = objects.get(trapOid)?.name;
      if (name !== undefined) expect(object.toLowerCase(), trapOid).toBe(name.toLowerCase());
    }
  });
});
