import { AgentSettings } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { siteMaker, audiocodes, online, plainFault } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();

describe('a gateway', () => {
  test('is recognised, its inventory sent, then a full report, then only what changes', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')] });
    await start();
    await until(() => cloud.bodies('unchanged').length > 0 && cloud.reports().length > 0, 20_000);
    const [inventory] = cloud.bodies('inventory');
    expect(inventory).toMatchObject({ driverId: 'audiocodes', address: '127.0.40.1', gateway: { serial: '1270401' } });
    const [first] = cloud.reports();
    expect(first).toMatchObject({ full: true, gatewayId: inventory?.gatewayId, revision: inventory?.revision });
    expect(first?.state?.oper?.length).toBe(inventory?.ports.length);
    expect(cloud.bodies('reachability')).toMatchObject([{ gatewayId: inventory?.gatewayId, reachable: true }]);
    sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 3, ...plainFault });
    await until(() => cloud.reports().some((report) => !report.full && report.state !== undefined));
    const changed = cloud.reports().find((report) => !report.full && report.state !== undefined);
    expect(Object.keys(changed?.state ?? {}).length).toBeLessThan(6);
    expect(cloud.refused).toEqual([]);
    expect(cloud.duplicates).toBe(0);
  });

  test('that hangs becomes unreachable and delays no other; when it is back, everything is reported', async () => {
    const { cloud, sim, start } = await makeSite({
      gateways: [audiocodes('a', '127.0.40.1'), audiocodes('b', '127.0.40.2')],
    });
    const agent = await start();
    await until(() => cloud.reports().length >= 2);
    const idOf = (address: string) => cloud.bodies('inventory').find((body) => body.address === address)?.gatewayId;
    sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
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

  test('that is polled rarely is still reported when it is gone, and when it is back', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')], configured: [], haste: 20 });
    const { cloud, sim } = site;
    await site.start();
    await online(site);
    const targets = [site.target('a', { pollIntervalMs: 3_600_000 })];
    await cloud.send({ v: 1, kind: 'config', config: AgentSettings.parse({ revision: 2, trapPort: 0, targets }) });
    await until(() => cloud.reports().length > 0);
    sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    await until(() => cloud.bodies('reachability').at(-1)?.reachable === false, 20_000);
    sim.gateway('a')?.living.clearFaults(() => true);
    await until(() => cloud.bodies('reachability').at(-1)?.reachable === true, 20_000);
    expect(cloud.bodies('reachability').map(({ reachable }) => reachable)).toEqual([true, false, true]);
  });

  test('whose target is removed is reported, so that it does not seem to be monitored', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.40.1'), audiocodes('b', '127.0.40.2')] });
    const { cloud } = site;
    await site.start();
    await until(() => cloud.reports().length >= 2);
    const gone = cloud.bodies('inventory').find(({ address }) => address === '127.0.40.1')?.gatewayId;
    const targets = [site.target('b')];
    await cloud.send({ v: 1, kind: 'config', config: AgentSettings.parse({ revision: 2, trapPort: 0, targets }) });
    await until(() => cloud.bodies('reachability').some(({ reachable }) => !reachable));
    expect(cloud.bodies('reachability').filter(({ reachable }) => !reachable)).toMatchObject([
      { gatewayId: gone, code: 'target-removed', reason: expect.stringContaining('nobody reads it') },
    ]);
  });

  test('keeps its id over a restart of the agent, also while it does not answer', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')] });
    const first = await site.start();
    await until(() => site.cloud.reports().length > 0);
    const gatewayId = site.cloud.bodies('inventory')[0]?.gatewayId;
    await first.stop();
    site.sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    await site.start();
    await until(() => site.cloud.bodies('reachability').some((body) => !body.reachable), 20_000);
    expect(site.cloud.bodies('reachability').at(-1)).toMatchObject({ gatewayId, reachable: false });
    expect(new Set(site.cloud.stored.map((message) => message.epoch)).size).toBe(2);
  });

  test('that answers invalid values is reported as such, and nothing is invented', async () => {
    const { cloud, sim, start } = await makeSite({
      gateways: [audiocodes('a', '127.0.40.1'), audiocodes('b', '127.0.40.2')],
    });
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
    const count = cloud.stored.length;
    await until(() => cloud.stored.length > count);
  });

  /** One unit: its serial number and its uptime are the same at both addresses. */
  const twoAddresses = [
    { ...audiocodes('a', '127.0.40.1'), upMs: 7_200_000 },
    { ...audiocodes('twin', '127.0.40.9', '127.0.40.1'), upMs: 7_200_000 },
  ];

  test('with the serial number of another that started at another time is a gateway of its own, and is reported as such', async () => {
    const copy = { ...audiocodes('copy', '127.0.40.9', '127.0.40.1'), upMs: 9_000_000 };
    const { cloud, start } = await makeSite({
      gateways: [{ ...audiocodes('a', '127.0.40.1'), upMs: 7_200_000 }, copy],
    });
    await start();
    const conflicts = () =>
      new Map(cloud.bodies('inventory').map(({ gatewayId, identity }) => [gatewayId, identity?.conflict?.kind]));
    await until(() => conflicts().size === 2 && [...conflicts().values()].every((kind) => kind === 'cloned-identity'));
    await until(() => new Set(cloud.reports().map(({ gatewayId }) => gatewayId)).size === 2);
  });

  test('with two addresses is read by one of them only', async () => {
    const { cloud, start } = await makeSite({ gateways: twoAddresses });
    const agent = await start();
    await until(async () => {
      const { gateways } = (await agent.answer('gateways', null)) as { gateways: { reason: string | null }[] };
      return gateways.some(({ reason }) => reason?.includes('another address') === true);
    });
    await until(() => cloud.reports().length > 0);
    expect(new Set(cloud.bodies('inventory').map((body) => body.address)).size).toBe(1);
  });

  test('that moved is read at its new address once it is gone from the old one', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: twoAddresses });
    await start();
    await until(() => cloud.reports().length > 0);
    const [inventory] = cloud.bodies('inventory');
    const reader = inventory?.address === '127.0.40.1' ? 'a' : 'twin';
    sim.gateway(reader)?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    await until(() => cloud.bodies('inventory').some(({ address }) => address !== inventory?.address), 20_000);
    await until(() => cloud.bodies('reachability').at(-1)?.reachable === true);
    expect(new Set(cloud.bodies('inventory').map(({ gatewayId }) => gatewayId)).size).toBe(1);
    const reported = cloud.bodies('reachability').map(({ reachable }) => reachable);
    expect(reported).toEqual([true, false, true]);
    const back = cloud.stored.findLastIndex((message) => message.kind === 'reachability');
    await until(() => cloud.stored.slice(back).some((message) => message.kind === 'reports'));
    expect(cloud.reports().at(-1)?.full).toBe(true);
  });

  test('that restarted is reported as an event, and everything is read again', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')] });
    await start();
    await until(() => cloud.reports().length > 0);
    const fulls = () => cloud.reports().filter(({ full }) => full).length;
    const before = fulls();
    sim.gateway('a')?.living.setFault({ kind: 'reboot', port: null, ...plainFault }, { forMs: 200 });
    await until(() => cloud.events().some(({ kind }) => kind === 'cold-start') && fulls() > before, 20_000);
    expect(cloud.events().find(({ kind }) => kind === 'cold-start')).toMatchObject({ source: 'poll', position: null });
    expect(cloud.reports().at(-1)?.gateway?.uptimeS).toBeLessThan(30);
  });

  test('that the cloud lacks is reported again, inventory first, and once for repeated requests', async () => {
    const { cloud, start } = await makeSite({
      gateways: [audiocodes('a', '127.0.40.1'), audiocodes('b', '127.0.40.2')],
    });
    await start();
    await until(() => cloud.reports().length >= 2 && cloud.bodies('unchanged').length > 0);
    const [first] = cloud.bodies('inventory');
    const gatewayId = first?.gatewayId ?? '';
    const from = cloud.stored.length;
    const position = [...cloud.committed] as [number, number];
    const rejected = [{ position, code: 'unknown-revision', detail: '' }];
    for (let i = 0; i < 3; i += 1)
      await cloud.send({ v: 1, kind: 'ack', position, rejected, inventoryOf: [gatewayId] });
    const since = (kind: string) => cloud.stored.slice(from).filter((message) => message.kind === kind);
    await until(() => since('reports').length > 0 && since('unchanged').length > 1);
    expect(since('inventory')).toMatchObject([{ body: first }]);
    expect(since('reachability')).toMatchObject([{ body: { gatewayId, reachable: true } }]);
    expect(since('reports')[0]).toMatchObject({ body: { reports: [{ gatewayId, full: true }] } });
    expect(since('inventory')[0]!.seq).toBeLessThan(since('reports')[0]!.seq);
  });

  test('that the cloud lacks is reported again also while it does not answer', async () => {
    const { cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')] });
    await start();
    await until(() => cloud.reports().length > 0);
    sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    await until(() => cloud.bodies('reachability').at(-1)?.reachable === false, 20_000);
    const [inventory] = cloud.bodies('inventory');
    const position = [...cloud.committed] as [number, number];
    await cloud.send({ v: 1, kind: 'ack', position, inventoryOf: [inventory?.gatewayId ?? ''] });
    await until(() => cloud.bodies('inventory').length === 2 && cloud.bodies('reachability').length === 3);
    expect(cloud.bodies('inventory')[1]).toEqual(inventory);
    expect(cloud.bodies('reachability')[2]).toMatchObject({ reachable: false });
  });

  test('found in a range is read like one with its own target', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')], configured: [] });
    await site.start();
    await online(site);
    const { access, port } = site.target('a');
    const config = { targets: [{ id: 'range', address: '127.0.40.0/29', port, access, pollIntervalMs: 1_000 }] };
    await site.cloud.send({
      v: 1,
      kind: 'config',
      config: AgentSettings.parse({ revision: 2, trapPort: 0, ...config }),
    });
    await until(() => site.cloud.reports().length > 0, 20_000);
    expect(site.cloud.bodies('inventory')).toMatchObject([{ address: '127.0.40.1' }]);
    await until(() =>
      site.cloud
        .bodies('health')
        .some(({ targets }) => targets.some(({ reason }) => reason === '1 of 6 addresses answer.')),
    );
  });
});
