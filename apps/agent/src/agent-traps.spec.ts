import { AgentSettings } from '@loopstart/contracts';
import { sendNotification } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { siteMaker, audiocodes, faultAt, freePort, online, plainFault } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();

describe('a trap', () => {
  test('is reported as an event with its port state before the next regular poll, and a poll follows', async () => {
    const trapPort = await freePort();
    const site = await makeSite({
      gateways: [{ ...audiocodes('a', '127.0.45.1'), notify: { port: trapPort } }],
      trapPort,
      settings: { overrides: { snmpTimeoutMs: 300, healthIntervalMs: 60_000 } },
      configured: [],
    });
    await site.start();
    await online(site);
    const slow = AgentSettings.parse({
      revision: 2,
      targets: [site.target('a', { pollIntervalMs: 600_000 })],
      trapPort,
    });
    await site.cloud.send({ v: 1, kind: 'config', config: slow });
    await until(() => site.cloud.reports().length > 0, 20_000);
    const before = site.cloud.reports().length;
    site.sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 2, ...plainFault });
    await until(() => site.cloud.events().length > 0 && site.cloud.reports().length > before);
    expect(site.cloud.events()[0]).toMatchObject({
      source: 'trap',
      gatewayId: site.cloud.bodies('inventory')[0]?.gatewayId,
    });
    const last = site.cloud.reports().at(-1);
    expect(faultAt(last, 2)).not.toBe(faultAt(last, 1));
  });

  test.for([
    ['from an unknown sender', '127.0.45.77', 'public', 'unknown-sender'],
    ['with another community', '127.0.45.1', 'guessed', 'unknown-community'],
  ] as const)('%s is counted and has no effect', async ([, from, community, reason]) => {
    const trapPort = await freePort();
    const { cloud, start } = await makeSite({ gateways: [audiocodes('a', '127.0.45.1')], trapPort });
    const agent = await start();
    await until(() => cloud.reports().length > 0);
    const target = {
      host: '127.0.0.1',
      port: trapPort,
      credentials: { version: 'v2c', community } as const,
      timeoutMs: 300,
      retries: 0,
    };
    await sendNotification(
      target,
      { trapOid: '1.3.6.1.6.3.1.1.5.1', uptimeTicks: 1, varbinds: [] },
      { bindAddress: from },
    );
    await until(async () => {
      const { health } = (await agent.answer('status', null)) as {
        health: { notificationsRefused: Record<string, number> };
      };
      return health.notificationsRefused[reason] === 1;
    });
    expect(cloud.events()).toEqual([]);
  });

  test('storm is limited: in the number of events and the rate of polls', async () => {
    const trapPort = await freePort();
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.45.1')], trapPort, haste: 1 });
    const agent = await site.start();
    await until(() => site.cloud.reports().length > 0);
    const { community } = site.target('a').access as { community: string };
    const target = {
      host: '127.0.0.1',
      port: trapPort,
      credentials: { version: 'v2c', community } as const,
      timeoutMs: 300,
      retries: 0,
    };
    const trap = { trapOid: '1.3.6.1.6.3.1.1.5.1', uptimeTicks: 1, varbinds: [] };
    for (let i = 0; i < 400; i += 1) await sendNotification(target, trap, { bindAddress: '127.0.45.1' });
    const status = async () =>
      (await agent.answer('status', null)) as {
        notifications: { accepted: number };
        health: { notificationsRefused: Record<string, number>; pollsOk: number };
      };
    await until(async () => (await status()).notifications.accepted >= 400);
    const { health } = await status();
    expect(health.notificationsRefused['too-many']).toBeGreaterThan(300);
    expect(site.cloud.events().length).toBeLessThan(80);
    expect(health.pollsOk).toBeLessThan(20);
  });
});
