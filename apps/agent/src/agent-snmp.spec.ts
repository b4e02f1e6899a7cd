import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PORT_MEASURE_NAMES, PORT_STATE_FIELD_NAMES } from '@loopstart/domain';
import { DEFAULT_ENTERPRISE, objectsOid } from '@loopstart/mib';
import { SnmpClient, type SnmpTarget, type VarBind } from '@loopstart/snmp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { GatewayDescription, PortDescription } from './control/describe.ts';
import { audiocodes, freePort, online, plainFault, siteMaker } from './testing/site-helpers.ts';
import type { TestSite } from './testing/test-site.ts';
import { until } from './testing/until.ts';

const run = promisify(execFile);
const makeSite = siteMaker();
const PORTS = `${objectsOid(DEFAULT_ENTERPRISE)}.3.1`;
const MIBS = [
  join(import.meta.dirname, '../../../infra/snmp'),
  join(import.meta.dirname, '../../../node_modules/net-snmp/lib/mibs'),
].join(':');
const USER = { user: 'noc', authPassphrase: 'auth-passphrase', privPassphrase: 'priv-passphrase' };

let configuration: string;
beforeAll(() => (configuration = mkdtempSync(join(tmpdir(), 'loopstart-net-snmp-'))));
afterAll(() => rmSync(configuration, { recursive: true, force: true }));

async function reading(
  allow: string[],
): Promise<{ site: TestSite; port: number; agent: Awaited<ReturnType<TestSite['start']>> }> {
  const port = await freePort();
  const site = await makeSite({
    gateways: [
      { ...audiocodes('a', '127.0.46.1'), driver: 'eltex-tau', model: 'TAU-36.IP' },
      audiocodes('b', '127.0.46.2'),
    ],
    settings: {
      overrides: { snmpTimeoutMs: 300, healthIntervalMs: 60_000 },
      snmp: { port, address: '127.0.0.1', allow, users: [USER], communities: ['only-for-old-managers'] },
    },
  });
  const agent = await site.start();
  await online(site);
  await until(() => site.cloud.reports().length >= 2, 20_000);
  return { site, port, agent };
}

/** The id of a gateway as it stands in an index. */
const indexOf = (gatewayId: string): string => [...Buffer.from(gatewayId.replaceAll('-', ''), 'hex')].join('.');

const client = new SnmpClient();
async function walk(target: SnmpTarget, root: string): Promise<VarBind[]> {
  const found: VarBind[] = [];
  for await (const varbind of client.walk(target, root)) found.push(varbind);
  return found;
}
afterAll(() => client.close());
const targetAt = (port: number, more: Partial<SnmpTarget> = {}): SnmpTarget => ({
  host: '127.0.0.1',
  port,
  credentials: {
    version: 'v3',
    level: 'authPriv',
    authProtocol: 'sha256',
    privProtocol: 'aes128',
    ...USER,
  },
  timeoutMs: 1_000,
  retries: 1,
  ...more,
});

describe('an agent that network management reads', () => {
  let site: TestSite | undefined;
  afterEach(async () => {
    await site?.close();
    site = undefined;
  });

  test('shows each port as its command line does, and nothing is 0 that was not measured', async () => {
    const started = await reading(['127.0.0.1']);
    site = started.site;
    const { gateways } = (await started.agent.answer('ports', null)) as {
      gateways: (GatewayDescription & { ports: PortDescription[] })[];
    };
    const varbinds = await walk(targetAt(started.port), PORTS);
    const found = new Map(varbinds.map(({ oid, value }) => [oid, 'value' in value ? value.value : null]));
    expect(gateways).toHaveLength(2);
    for (const { gatewayId, ports } of gateways) {
      const index = indexOf(gatewayId!);
      for (const { position, state, measures } of ports) {
        const at = (arc: number) => found.get(`${PORTS}.${arc}.${index}.${position}`);
        for (const [n, field] of PORT_STATE_FIELD_NAMES.entries())
          expect(at(6 + n) === 1, `${field} of ${position}`).toBe(state[field] === null);
        for (const [n, measure] of PORT_MEASURE_NAMES.entries()) {
          const value = measures[measure];
          expect(at(20 + 2 * n), measure).toBe(value == null ? undefined : Math.round(value * 1000));
          if (value == null) expect(at(21 + 2 * n), measure).toBeGreaterThan(1);
        }
      }
    }
  }, 60_000);

  const missing = !['snmptable', 'snmpwalk', 'snmpset'].every((tool) => existsSync(`/usr/bin/${tool}`));
  const note = missing ? ' (skipped: the Debian package snmp is absent)' : '';
  test.skipIf(missing)(
    `the tools of net-snmp read it by name, and cannot write${note}`,
    async () => {
      const started = await reading(['127.0.0.0/8']);
      site = started.site;
      const env = {
        ...process.env,
        MIBDIRS: MIBS,
        MIBS: 'LOOPSTART-MIB',
        SNMPCONFPATH: configuration,
        SNMP_PERSISTENT_DIR: configuration,
      };
      const access = [
        '-v3',
        '-l',
        'authPriv',
        '-u',
        'noc',
        '-a',
        'SHA-256',
        '-A',
        USER.authPassphrase,
        '-x',
        'AES',
        '-X',
        USER.privPassphrase,
      ];
      const at = `127.0.0.1:${started.port}`;
      const { stdout } = await run('snmptable', [...access, '-Cw', '400', '-CH', at, 'LOOPSTART-MIB::lsPortTable'], {
        env,
      });
      expect(stdout).toMatch(/inService/);
      expect(stdout).not.toMatch(/Unknown Object|Bad/);
      const walked = await run('snmpwalk', [...access, at, 'LOOPSTART-MIB::lsAgent'], { env });
      expect(walked.stdout).toMatch(/lsAgentGateways.0 = Gauge32: 2/);
      await expect(
        run('snmpset', [...access, at, 'LOOPSTART-MIB::lsAgentHostname.0', 's', 'x'], { env }),
      ).rejects.toMatchObject({ stderr: expect.stringMatching(/authorizationError/) });
    },
    60_000,
  );

  test('answers nobody else: not another address, user, community or passphrase', async () => {
    const started = await reading(['192.0.2.0/24']);
    site = started.site;
    const quick = { timeoutMs: 300, retries: 0 };
    await expect(walk(targetAt(started.port, quick), PORTS)).rejects.toThrow();
    expect(await started.agent.answer('snmp', null)).toMatchObject({ answered: 0, sources: [], gateways: 2 });
    const other = await reading(['127.0.0.1']);
    const refused: SnmpTarget['credentials'][] = [
      { version: 'v2c', community: 'public' },
      { version: 'v1', community: 'only-for-old-managers' },
      { ...(targetAt(0).credentials as object), user: 'someone' } as SnmpTarget['credentials'],
      { ...(targetAt(0).credentials as object), authPassphrase: 'another-passphrase' } as SnmpTarget['credentials'],
      { version: 'v3', user: 'noc', level: 'noAuthNoPriv' },
    ];
    try {
      for (const credentials of refused)
        await expect(
          walk(targetAt(other.port, { ...quick, credentials }), PORTS),
          JSON.stringify(credentials),
        ).rejects.toThrow();
      const allowed = await walk(
        targetAt(other.port, { credentials: { version: 'v2c', community: 'only-for-old-managers' } }),
        PORTS,
      );
      expect(allowed.length).toBeGreaterThan(50);
    } finally {
      await other.site.close();
    }
  }, 90_000);

  test('shows a gateway that does not answer any more as unreachable, and all states of its ports as unknown', async () => {
    const started = await reading(['127.0.0.1']);
    site = started.site;
    site.sim.gateway('b')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    await until(async () => {
      const varbinds = await walk(targetAt(started.port), `${objectsOid(DEFAULT_ENTERPRISE)}.2.1.10`);
      return varbinds.some(({ value }) => 'value' in value && value.value === 3);
    }, 30_000);
    const b = site.sim.gateway('b')!.endpoint!.address;
    const { gateways } = (await started.agent.answer('gateways', null)) as { gateways: GatewayDescription[] };
    const silent = indexOf(gateways.find(({ address }) => address.startsWith(`${b}:`))!.gatewayId!);
    const states = await Promise.all(
      [6, 7, 8, 9, 10, 11].map((arc) => walk(targetAt(started.port), `${PORTS}.${arc}`)),
    );
    const isUnknown = ({ value }: VarBind) => 'value' in value && value.value === 1;
    const [ofSilent, ofOther] = [true, false].map((is) =>
      states.flat().filter(({ oid }) => oid.includes(`.${silent}.`) === is),
    );
    expect(ofSilent!.length).toBe(48);
    expect(ofSilent!.every(isUnknown)).toBe(true);
    expect(ofOther!.every(isUnknown)).toBe(false);
  }, 90_000);
});
