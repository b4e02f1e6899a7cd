import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AGENT, GATEWAYS, PORTS } from './objects.ts';
import { DEFAULT_ENTERPRISE } from './oids.ts';
import { mibPage } from './page.ts';
import { mibText } from './smi.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SMILINT = '/usr/bin/smilint';
/** The modules that ours imports, as an SNMP library ships them: Debian does not. */
const BASE_MODULES = join(ROOT, 'node_modules/net-snmp/lib/mibs');

test.for([
  ['infra/snmp/LOOPSTART-MIB.mib', mibText(DEFAULT_ENTERPRISE)],
  ['docs/mib.md', mibPage(DEFAULT_ENTERPRISE)],
] as const)('%s is what the descriptions make (npm run mib)', ([path, text]) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
});

const missing = !existsSync(SMILINT);
test.skipIf(missing)(`smilint finds nothing at level 6${missing ? ' (skipped: smilint absent)' : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopstart-mib-'));
  try {
    for (const enterprise of [DEFAULT_ENTERPRISE, 4_294_967_295]) {
      const path = join(folder, 'LOOPSTART-MIB');
      writeFileSync(path, mibText(enterprise));
      const env = { ...process.env, SMIPATH: BASE_MODULES };
      expect(execFileSync(SMILINT, ['-l', '6', '-s', path], { encoding: 'utf8', env, stdio: 'pipe' })).toBe('');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every object has a name and a number of its own, and says what it is', () => {
  const objects = [AGENT, GATEWAYS, PORTS].flatMap((part) =>
    part.objects.map(({ name, arc, description }) => ({ name, at: `${part.arc}.${arc}`, description })),
  );
  expect(new Set(objects.map(({ name }) => name)).size).toBe(objects.length);
  expect(new Set(objects.map(({ at }) => at)).size).toBe(objects.length);
  for (const { name, description } of objects) {
    expect(name).toMatch(/^ls[A-Z][A-Za-z]{1,60}$/);
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(description).not.toContain('"');
  }
});

// Numbers are read by other systems for years: objects may be added, never moved. Add a line when the MIB grows.
test('the objects of the first version keep their numbers', () => {
  const numbers = [AGENT, GATEWAYS, PORTS].flatMap((part) =>
    part.objects.map(({ name, arc }) => [name, `${part.arc}.${arc}`]),
  );
  expect(Object.fromEntries(numbers)).toMatchObject({
    lsAgentId: '1.1',
    lsAgentPorts: '1.8',
    lsGatewayId: '2.1',
    lsGatewayReachability: '2.10',
    lsGatewayPorts: '2.15',
    lsPortPosition: '3.1',
    lsPortAdmin: '3.6',
    lsPortOper: '3.7',
    lsPortHook: '3.8',
    lsPortCall: '3.9',
    lsPortRegistration: '3.10',
    lsPortFault: '3.11',
    lsPortLineVoltage: '3.20',
    lsPortPacketLossStatus: '3.29',
  });
});
