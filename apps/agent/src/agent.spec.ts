import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { AgentConfig, type DownMessage, type Report } from '@loopstart/contracts';
import { fromCode, PORT_STATE_FIELDS } from '@loopstart/domain';
import { sendNotification } from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { makeTestSite, type TestSite, type TestSiteOptions } from './testing/test-site.ts';
import { until } from './testing/until.ts';

const sites: TestSite[] = [];
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close();
});

async function makeSite(options: TestSiteOptions): Promise<TestSite> {
  const made = await makeTestSite(options);
  sites.push(made);
  return made;
}

/** A UDP port that is free now. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** The agent is there and hears what comes down. */
const online = (site: TestSite) => until(() => site.broker.published.some(({ topic }) => topic.endsWith('/presence')));
const phones = (count: number) => Array.from({ length: count }, () => ({ device: 'unused' as const }));
const audiocodes = (name: string, host: number) =>
  ({ name, driver: 'audiocodes', address: `127.0.40.${host}`, serial: `40${host}`, ports: phones(8) }) as const;
const faultAt = (report: Report | undefined, port: number) =>
  fromCode<string>(PORT_STATE_FIELDS.fault, report?.state?.fault?.[port - 1]);
const clear = { delayMs: 3_000, corruption: 'mixed' } as const;

describe('a gateway', () => {
  test('is recognised, its inventory sent, then a full report, then only what changes', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', 1)] });
    await start();
    await until(() => cloud.bodies('unchanged').length > 0 && cloud.reports().length > 0, 20_000);
    const [inventory] = cloud.bodies('inventory');
    expect(inventory).toMatchObject({ driverId: 'audiocodes', address: '127.0.40.1', gateway: { serial: '401' } });
    const [first] = cloud.reports();
    expect(first).toMatchObject({ full: true, gatewayId: inventory?.gatewayId, revision: inventory?.revision });
    expect(first?.state?.oper?.length).toBe(inventory?.ports.length);
    expect(cloud.bodies('reachability')).toMatchObject([{ gatewayId: inventory?.gatewayId, reachable: true }]);
    sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 3, ...clear });
    await until(() => cloud.reports().some((report) => !report.full && report.state !== undefined));
    const changed = cloud.reports().find((report) => !report.full && report.state !== undefined);
    expect(Object.keys(changed?.state ?? {}).length).toBeLessThan(6);
    expect(cloud.refused).toEqual([]);
    expect(cloud.duplicates).toBe(0);
  });

  test('that hangs becomes unreachable and delays no other; when it is back, everything is told', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', 1), audiocodes('b', 2)] });
    const agent = await start();
    await until(() => cloud.reports().length >= 2);
    const idOf = (address: string) => cloud.bodies('inventory').find((body) => body.address === address)?.gatewayId;
    sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...clear });
    const polls = async () => {
      const answer = (await agent.answer('status', null)) as { health: { pollsOk: number } };
      return answer.health.pollsOk;
    };
    const before = await polls();
    await until(() => cloud.bodies('reachability').some((body) => !body.reachable), 20_000);
    expect(cloud.bodies('reachability').at(-1)).toMatchObject({
      gatewayId: idOf('127.0.40.1'),
      reachable: false,
      reason: expect.stringContaining('does not answer'),
    });
    expect((await polls()) - before).toBeGreaterThan(2);
    sim.gateway('a')?.living.clearFaults(() => true);
    await until(() => cloud.bodies('reachability').at(-1)?.reachable === true, 30_000);
    const back = cloud.stored.findLastIndex((message) => message.kind === 'reachability');
    await until(() => cloud.stored.slice(back).some((message) => message.kind === 'reports'));
    const report = cloud.reports().findLast((candidate) => candidate.gatewayId === idOf('127.0.40.1'));
    expect(report?.full).toBe(true);
  });

  test('keeps its id over a restart of the agent, also while it does not answer', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', 1)] });
    const first = await site.start();
    await until(() => site.cloud.reports().length > 0);
    const gatewayId = site.cloud.bodies('inventory')[0]?.gatewayId;
    await first.stop();
    site.sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...clear });
    await site.start();
    await until(() => site.cloud.bodies('reachability').some((body) => !body.reachable), 20_000);
    expect(site.cloud.bodies('reachability').at(-1)).toMatchObject({ gatewayId, reachable: false });
    expect(new Set(site.cloud.stored.map((message) => message.epoch)).size).toBe(2);
  });

  test('that answers nonsense is reported as such, and nothing is invented', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', 1), audiocodes('b', 2)] });
    await start();
    await until(() => cloud.reports().length >= 2);
    sim.gateway('a')?.living.setFault({ kind: 'wrong-answers', port: null, delayMs: 3_000, corruption: 'wrong-type' });
    await until(
      () =>
        cloud.events().some((event) => event.kind === 'wrong-answer') ||
        cloud.bodies('reachability').some((body) => !body.reachable),
      20_000,
    );
    expect(cloud.refused).toEqual([]);
    sim.gateway('a')?.living.clearFaults(() => true);
    const told = cloud.stored.length;
    await until(() => cloud.stored.length > told);
  });

  test('with two addresses is read by one of them only', async () => {
    const twin = { ...audiocodes('twin', 9), serial: '401' };
    const { cloud, start } = await makeSite({ gateways: [audiocodes('a', 1), twin] });
    const agent = await start();
    await until(async () => {
      const { gateways } = (await agent.answer('gateways', null)) as { gateways: { reason: string | null }[] };
      return gateways.some(({ reason }) => reason?.includes('another address') === true);
    });
    await until(() => cloud.reports().length > 0);
    expect(new Set(cloud.bodies('inventory').map((body) => body.address)).size).toBe(1);
  });

  test('found in a range is read like one that was given', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', 1)], configured: [] });
    await site.start();
    await online(site);
    const { access, port } = site.target('a');
    const config = { targets: [{ id: 'range', address: '127.0.40.0/29', port, access, pollIntervalMs: 1_000 }] };
    await site.cloud.say({ v: 1, kind: 'config', config: AgentConfig.parse({ revision: 2, trapPort: 0, ...config }) });
    await until(() => site.cloud.reports().length > 0, 20_000);
    expect(site.cloud.bodies('inventory')).toMatchObject([{ address: '127.0.40.1' }]);
    await until(() =>
      site.cloud
        .bodies('health')
        .some(({ targets }) => targets.some(({ reason }) => reason === '1 of 6 addresses answer.')),
    );
  });
});

describe('config from the cloud', () => {
  test('is in force at once, kept, and acknowledged by health', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', 1), audiocodes('b', 2)], configured: ['a'] });
    const agent = await site.start();
    await until(() => site.cloud.reports().length > 0);
    const say = (revision: number, names: string[]) => {
      const targets = names.map((name) => site.target(name));
      return site.cloud.say({ v: 1, kind: 'config', config: AgentConfig.parse({ revision, targets, trapPort: 0 }) });
    };
    await say(2, ['b']);
    await until(() => site.cloud.bodies('inventory').some((body) => body.address === '127.0.40.2'));
    await until(() => site.cloud.bodies('health').at(-1)?.configRevision === 2);
    const { gateways } = (await agent.answer('gateways', null)) as { gateways: { address: string }[] };
    expect(gateways.map(({ address }) => address.split(':')[0])).toEqual(['127.0.40.2']);
    expect(JSON.parse(await readFile(site.folder.cloudConfig, 'utf8'))).toMatchObject({ revision: 2 });
  });

  test('with targets that cannot be used is taken, and what is wrong is told', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', 1)], configured: [] });
    await site.start();
    await online(site);
    const bad = { ...site.target('a'), address: '10.0.0.0/8' };
    const config = AgentConfig.parse({ revision: 3, targets: [bad, site.target('a')], trapPort: 0 });
    await site.cloud.say({ v: 1, kind: 'config', config });
    await until(() => site.cloud.reports().length > 0);
    await until(() => site.cloud.bodies('health').at(-1)?.configRevision === 3);
    const targets = site.cloud.bodies('health').at(-1)?.targets ?? [];
    expect(targets.find(({ address }) => address === '10.0.0.0/8')?.reason).toMatch(/too wide/);
  });
});

describe('a trap', () => {
  test('is told as an event and its port state before the next regular poll, and a poll follows', async () => {
    const trapPort = await freePort();
    const site = await makeSite({
      gateways: [{ ...audiocodes('a', 1), notify: { port: trapPort } }],
      trapPort,
      settings: { overrides: { snmpTimeoutMs: 300, healthIntervalMs: 60_000 } },
      configured: [],
    });
    await site.start();
    await online(site);
    const slow = AgentConfig.parse({ revision: 2, targets: [site.target('a', { pollIntervalMs: 600_000 })], trapPort });
    await site.cloud.say({ v: 1, kind: 'config', config: slow });
    await until(() => site.cloud.reports().length > 0, 20_000);
    const before = site.cloud.reports().length;
    site.sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 2, ...clear });
    await until(() => site.cloud.events().length > 0 && site.cloud.reports().length > before);
    expect(site.cloud.events()[0]).toMatchObject({
      source: 'trap',
      gatewayId: site.cloud.bodies('inventory')[0]?.gatewayId,
    });
    const last = site.cloud.reports().at(-1);
    expect(faultAt(last, 2)).not.toBe(faultAt(last, 1));
  });

  test.for([
    ['from somebody unknown', '127.0.40.77', 'public', 'unknown-sender'],
    ['with another community', '127.0.40.1', 'guessed', 'unknown-community'],
  ] as const)('%s is counted and has no effect', async ([, from, community, reason]) => {
    const trapPort = await freePort();
    const { cloud, start } = await makeSite({ gateways: [audiocodes('a', 1)], trapPort });
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

  test('storm is bounded: events in number, polls in pace', async () => {
    const trapPort = await freePort();
    const site = await makeSite({ gateways: [audiocodes('a', 1)], trapPort });
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
    for (let i = 0; i < 400; i += 1) await sendNotification(target, trap, { bindAddress: '127.0.40.1' });
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

describe('an action', () => {
  const action = (
    site: TestSite,
    part: Partial<Extract<DownMessage, { kind: 'action' }>>,
  ): Extract<DownMessage, { kind: 'action' }> => ({
    v: 1,
    kind: 'action',
    actionId: randomUUID(),
    type: 'reset-port',
    gatewayId: site.cloud.bodies('inventory')[0]?.gatewayId ?? '',
    position: 1,
    lineDeviceClass: 'phone',
    lifeSafetyConfirmed: false,
    expiresAt: Date.now() + 60_000,
    ...part,
  });
  const states = (site: TestSite, actionId: string) =>
    site.cloud.bodies('action').flatMap((body) => (body.actionId === actionId ? [body.state] : []));
  const ready = async () => {
    const site = await makeSite({ gateways: [audiocodes('a', 1)] });
    const agent = await site.start();
    await until(() => site.cloud.reports().length > 0);
    return { site, agent };
  };

  test('is carried out once, however often it is asked, also after a restart', async () => {
    const { site, agent } = await ready();
    const request = action(site, {});
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).includes('succeeded'));
    expect(states(site, request.actionId)).toEqual(['running', 'succeeded']);
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).length === 3);
    await agent.stop();
    await site.start();
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).length === 4);
    expect(states(site, request.actionId)).toEqual(['running', 'succeeded', 'succeeded', 'succeeded']);
  });

  test('on a port whose receiver is off the hook is refused, though it was idle a moment ago', async () => {
    const { site } = await ready();
    site.sim.gateway('a')?.living.setFault({ kind: 'receiver-off-hook', port: 1, ...clear });
    const request = action(site, {});
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).length > 0);
    const [ended] = site.cloud.bodies('action');
    expect(ended).toMatchObject({ state: 'refused', reason: expect.stringMatching(/off the hook|in progress/) });
  });

  test.for([
    ['that came too late', { expiresAt: 1 }, 'expired', /after the time/],
    ['for a gateway of somebody else', { gatewayId: randomUUID() }, 'refused', /does not know the gateway/],
    ['for a port that is not there', { position: 99 }, 'refused', /no port 99/],
    ['that the gateway has no object for', { type: 'lock-port' }, 'refused', /cannot lock a port/],
    ['on a lift phone nobody confirmed', { lineDeviceClass: 'lift-phone' }, 'refused', /life-safety/],
  ] as const)('%s does nothing', async ([, part, state, reason]) => {
    const { site } = await ready();
    const request = action(site, part);
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).length > 0);
    expect(site.cloud.bodies('action')).toMatchObject([{ state, reason: expect.stringMatching(reason) }]);
  });

  test('poll-now brings a full report', async () => {
    const { site } = await ready();
    const before = site.cloud.reports().filter(({ full }) => full).length;
    const request = action(site, { type: 'poll-now', position: null });
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).includes('succeeded'));
    await until(() => site.cloud.reports().filter(({ full }) => full).length === before + 1);
  });

  test('identify brings the inventory again', async () => {
    const { site } = await ready();
    const request = action(site, { type: 'identify', position: null });
    await site.cloud.say(request);
    await until(
      () => states(site, request.actionId).includes('succeeded') && site.cloud.bodies('inventory').length === 2,
    );
    const [first, second] = site.cloud.bodies('inventory');
    expect(second).toEqual(first);
  });

  test('on a gateway that does not answer fails with the reason', async () => {
    const { site } = await ready();
    site.sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...clear });
    const request = action(site, { type: 'poll-now', position: null });
    await site.cloud.say(request);
    await until(() => states(site, request.actionId).length > 0, 20_000);
    expect(site.cloud.bodies('action')).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('does not answer') },
    ]);
  });
});

describe('the agent', () => {
  test('says what it kept when the broker was away, in order and once', async () => {
    const { broker, cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', 1)] });
    await start();
    await until(() => cloud.reports().length > 0);
    broker.cut();
    sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 3, ...clear });
    await until(() => cloud.reports().length > 1, 20_000);
    const seqs = cloud.stored.map((message) => message.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  test('renews its certificate and goes on with the new one', async () => {
    const now = Date.now();
    const certificateLife = { fromMs: now - 3_000_000, untilMs: now + 600_000 };
    const site = await makeSite({ gateways: [audiocodes('a', 1)], certificateLife });
    await site.start();
    await until(() => site.cloud.bodies('renew').length > 0);
    const certificatePem = await site.ca.sign(site.cloud.bodies('renew')[0]?.csrPem ?? '', site.identity.agentId);
    let connections = 0;
    site.broker.broker.on('clientReady', () => {
      connections += 1;
    });
    await site.cloud.say({ v: 1, kind: 'certificate', certificatePem, caPem: site.ca.caPem });
    await until(() => connections === 1);
    await until(() => (site.cloud.bodies('health').at(-1)?.certificateExpiresAt ?? 0) > now + 86_400_000);
    expect(JSON.parse(await readFile(site.folder.identity, 'utf8'))).toMatchObject({ certificatePem });
  });

  test('leaves politely: everything said, presence offline', async () => {
    const { broker, cloud, start } = await makeSite({ gateways: [audiocodes('a', 1)] });
    const agent = await start();
    await until(() => cloud.reports().length > 0);
    await agent.stop();
    const presence = broker.published.filter(({ topic }) => topic.endsWith('/presence'));
    expect(presence.map(({ payload, retain }) => [JSON.parse(payload).online, retain])).toEqual([
      [true, true],
      [false, true],
    ]);
  });
});
