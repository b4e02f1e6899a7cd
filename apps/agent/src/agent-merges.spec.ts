import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TestSite } from './testing/test-site.ts';
import { audiocodes, plainFault, siteMaker } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();
const LEFT = '0c4f7a16-41b2-4e0d-8f3a-9b1e2d3c4f50';
const REVISION = 9_000_000;

const merge = (gatewayId: string, intoGatewayId = LEFT) => ({
  v: 1 as const,
  kind: 'merges' as const,
  merges: [{ gatewayId, intoGatewayId, revision: REVISION }],
});
/** Gateways named in messages from a position of the stream on. */
const namedSince = (site: TestSite, from: number) =>
  new Set(
    JSON.stringify(site.cloud.stored.slice(from))
      .match(/"gatewayIds?":\[?"[0-9a-f-]{36}/g)
      ?.map((one) => one.slice(-36)),
  );
const acknowledged = (site: TestSite) => site.cloud.stored.findLastIndex(({ kind }) => kind === 'merged');

async function ready() {
  const site = await makeSite({ gateways: [audiocodes('a', '127.0.58.1')] });
  const agent = await site.start();
  await until(() => site.cloud.reports().length > 0);
  return { site, agent, former: site.cloud.bodies('inventory')[0]!.gatewayId };
}

describe('a merged gateway', () => {
  test('has the new id in all messages after the acknowledgement, and after a restart', async () => {
    const { site, agent, former } = await ready();
    await site.cloud.send(merge(former));
    await until(() => acknowledged(site) > 0);
    const from = acknowledged(site) + 1;
    expect(site.cloud.bodies('merged')).toEqual([{ merges: [{ gatewayId: former, intoGatewayId: LEFT }] }]);
    site.sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 3, ...plainFault });
    await until(() => site.cloud.stored.slice(from).some(({ kind }) => kind === 'unchanged'), 20_000);
    const kinds = new Set(site.cloud.stored.slice(from).map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['inventory', 'reachability', 'reports', 'unchanged']));
    expect(namedSince(site, from)).toEqual(new Set([LEFT]));
    const inventory = site.cloud.bodies('inventory').at(-1);
    expect(inventory).toMatchObject({ gatewayId: LEFT, identity: { formerGatewayId: null } });
    expect(inventory?.revision).toBeGreaterThan(REVISION);
    const first = site.cloud.reports().find(({ gatewayId }) => gatewayId === LEFT);
    expect(first).toMatchObject({ full: true, revision: inventory?.revision });

    await agent.stop();
    const stopped = site.cloud.stored.length;
    await site.start();
    await until(() => site.cloud.stored.slice(stopped).some(({ kind }) => kind === 'reports'), 20_000);
    expect(namedSince(site, stopped)).toEqual(new Set([LEFT]));
  });

  test('is acknowledged each time it is received, and changes nothing more', async () => {
    const { site, former } = await ready();
    await site.cloud.send(merge(former));
    await until(() => site.cloud.reports().some(({ gatewayId }) => gatewayId === LEFT));
    const inventories = site.cloud.bodies('inventory').length;
    await site.cloud.send(merge(former));
    await until(() => site.cloud.bodies('merged').length === 2);
    const unchanged = site.cloud.bodies('unchanged').length;
    await until(() => site.cloud.bodies('unchanged').length > unchanged);
    expect(site.cloud.bodies('inventory')).toHaveLength(inventories);
  });

  test('merged again has the last id, in any order of messages', async () => {
    const { site, former } = await ready();
    const last = randomUUID();
    await site.cloud.send(merge(LEFT, last));
    await site.cloud.send(merge(former));
    await until(() => site.cloud.bodies('merged').length === 2 && site.cloud.reports().at(-1)?.gatewayId === last);
    expect(namedSince(site, acknowledged(site) + 1)).toEqual(new Set([last]));
  });

  test('is still found by its former id: an action in progress is carried out once', async () => {
    const { site, former } = await ready();
    await site.cloud.send(merge(former));
    await until(() => acknowledged(site) > 0);
    const actionId = randomUUID();
    await site.cloud.send({
      v: 1,
      kind: 'action',
      actionId,
      type: 'reset-port',
      gatewayId: former,
      position: 1,
      lineDeviceClass: 'phone',
      lifeSafetyConfirmed: false,
      overrideReason: 'The porter watches the line.',
      expiresAt: Date.now() + 60_000,
    });
    await until(() => site.cloud.bodies('action').some(({ state }) => state === 'succeeded'));
    expect(site.cloud.bodies('action').map(({ state }) => state)).toEqual(['running', 'succeeded']);
  });

  test('at an address that does not answer is not reported where it is read at another', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.58.1'), audiocodes('b', '127.0.58.2')] });
    await site.start();
    const idOf = (address: string) =>
      site.cloud.bodies('inventory').find((body) => body.address === address)?.gatewayId;
    await until(() => site.cloud.reports().length >= 2);
    const [gone, left] = [idOf('127.0.58.1') ?? '', idOf('127.0.58.2') ?? ''];
    site.sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    await until(() => site.cloud.bodies('reachability').at(-1)?.reachable === false, 20_000);
    await site.cloud.send(merge(gone, left));
    await until(() => acknowledged(site) > 0);
    const from = acknowledged(site);
    const unchanged = () => site.cloud.stored.slice(from).filter(({ kind }) => kind === 'unchanged').length;
    await until(() => unchanged() > 1, 20_000);
    expect(site.cloud.stored.slice(from).filter(({ kind }) => kind === 'reachability')).toEqual([]);
    expect(namedSince(site, from + 1)).toEqual(new Set([left]));
  });
});
