import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { recording, recordingNames } from '../testing/support.ts';
import type { Driver } from './driver.ts';
import { scaffoldDriver } from './scaffold.ts';
import { parseSnmprec } from './snmprec.ts';

const folder = mkdtempSync(join(tmpdir(), 'scaffold-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the source text as if it were in its vendor's folder. */
async function load(source: string, name: string): Promise<Driver> {
  const engine = fileURLToPath(new URL('./', import.meta.url));
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, source.replaceAll("'../../engine/", `'${engine}`));
  const [driver] = Object.values((await import(/* @vite-ignore */ file)) as Record<string, Driver>);
  if (driver === undefined) throw new Error('exports no driver');
  return driver;
}

const walk = `1.3.6.1.2.1.1.1.0|4|Acme TA-4 (it's "new"\\n)
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.77777.4
1.3.6.1.2.1.2.2.1.3.1|2|102
1.3.6.1.4.1.77777.9.1.1.1|2|1
1.3.6.1.4.1.77777.9.1.1.2|2|0
1.3.6.1.4.1.77777.9.1.2.1|4|secret-password
1.3.6.1.4.1.77777.9.1.2.2|4|another`;

describe('scaffold', () => {
  test('is a driver that recognises the recorded hardware', async () => {
    const driver = await load(scaffoldDriver(parseSnmprec(walk)), 'acme');
    expect(driver).toMatchObject({
      id: 'acme-ta',
      evidence: 'mib-only',
      match: { sysObjectIds: ['1.3.6.1.4.1.77777.4'] },
      models: [{ name: 'Acme TA-4', fxs: 1, fxo: 0 }],
    });
  });

  test("lists the vendor's columns, with numbers and without texts", () => {
    const source = scaffoldDriver(parseSnmprec(walk));
    expect(source).toContain('1.3.6.1.4.1.77777.9.1.1 (2 rows from .1, integer) values 1, 0');
    expect(source).toContain('1.3.6.1.4.1.77777.9.1.2 (2 rows from .1, octets)');
    expect(source).not.toContain('secret');
  });

  test('of nothing is still a driver', async () => {
    const driver = await load(scaffoldDriver([]), 'nothing');
    expect(driver.id).toBe('enterprise-unknown');
    const texts = { sysObjectId: null, sysDescr: null, sysName: null, modelText: null };
    expect(driver.gateway.model({ ...texts, ports: [] })).toBeNull();
  });

  test.for([...recordingNames])('of %s is a driver', async (name) => {
    const driver = await load(scaffoldDriver(recording(name)), name);
    expect(driver.match).not.toEqual({});
  });
});
