import { endpoints, type GatewayConfigProgress } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configurationFacts } from '../src/alerting/detector/facts/configuration-facts.ts';
import { Database } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { account, ConfigurationWorld } from './configuration-world.ts';
import type { Planted } from './fleet.ts';

let world: ConfigurationWorld;
beforeAll(async () => {
  world = await ConfigurationWorld.start(Date.parse('2026-12-10T12:00:00Z'));
});
afterAll(() => world.close());

/** What the alerting knows of a gateway's configuration. */
async function factsOf({ gatewayId }: Planted) {
  const scope = wholeOperator(world.oak.operatorId);
  const all = await world.api.app.get(Database).tx(scope, (sql) => configurationFacts(sql, new Date(world.now)));
  return all.get(gatewayId) ?? null;
}

describe('what is wrong with a configuration', () => {
  test('stands until a later change is confirmed, whatever is withdrawn or begun meanwhile', async () => {
    const quay = await world.plant('Quay');
    await world.publish(await world.draft('Quay', ...account(quay.gatewayId, 1, '1001')));
    const deployAndReport = async (more: Partial<GatewayConfigProgress>) => {
      await world.deploy([quay.gatewayId]);
      world.now += 1000;
      await world.report(quay, (await world.sentTo(quay))[0]!, more);
    };
    expect(await factsOf(quay)).toBeNull();
    await deployAndReport({ state: 'failed', reasonCode: 'login-refused', detail: 'It said no.' });
    const failed = { end: 'failed', reason: 'login-refused', detail: 'It said no.', verdict: null, at: world.now };
    expect(await factsOf(quay)).toEqual({ change: failed, drift: null });
    await deployAndReport({ state: 'failed', reasonCode: 'withdrawn' });
    expect(await factsOf(quay)).toEqual({ change: failed, drift: null });
    await deployAndReport({ state: 'reverted', reasonCode: 'registration-lost', verdict: 'config' });
    expect(await factsOf(quay)).toMatchObject({ change: { end: 'reverted', verdict: 'config', at: world.now } });
    await deployAndReport({ state: 'applied-unconfirmed', holds: 'unknown' });
    expect(await factsOf(quay)).toMatchObject({ change: { end: 'reverted' } });
    await world.report(quay, { ...(await lastJob(quay)) }, { state: 'confirmed', holds: 'after', verdict: 'works' });
    expect(await factsOf(quay)).toBeNull();
  });

  /** The job that was sent last, as its agent knows it. */
  async function lastJob({ gatewayId }: Planted) {
    const { items } = await world.oak.viewer(endpoints.listConfigJobs, { query: { gatewayId, limit: 1 } });
    const { id: jobId, revision } = items[0]!;
    return { jobId, gatewayId, revision } as Parameters<ConfigurationWorld['report']>[1];
  }

  test('is a drift until it is decided or gone, and says which keys are sealed', async () => {
    const pier = await world.plant('Pier');
    const site = { layer: 'site', siteId: pier.siteId } as const;
    const server = [{ host: 'sip.example.net', port: null }];
    const values = await world.confirm(
      pier,
      'Pier',
      { place: site, name: 'sip.registrars', value: server, isSealed: true },
      ...account(pier.gatewayId, 1, '2001'),
    );
    const params = { gatewayId: pier.gatewayId };
    const readBack = async (changed: Record<string, string>) => {
      world.now += 1000;
      await world.oak.technician(endpoints.readGatewayConfig, { params });
      const [read] = await world.sentTo(pier);
      await world.readDuring(pier, read!, { ...values, ...changed });
      await world.report(pier, read!, { state: 'confirmed' });
    };
    await readBack({ P35: '2999' });
    expect(await factsOf(pier)).toMatchObject({ change: null, drift: { keys: 1, first: ['P35'], grave: [] } });
    await readBack({ P35: '2001', P47: 'sip.elsewhere.example' });
    const sealed = { keys: 1, first: ['P47'], grave: [{ key: 'P47', cause: 'sealed' }] };
    expect((await factsOf(pier))?.drift).toMatchObject(sealed);
    const [drift] = await world.drifts(pier.gatewayId);
    const until = new Date(world.now + 60_000).toISOString();
    await world.oak.technician(endpoints.decideConfigDrift, {
      params: { driftId: drift!.id },
      body: { decision: 'ignore', reason: 'A test of the provider', until },
    });
    expect(await factsOf(pier)).toBeNull();
    world.now += 60_000;
    expect((await factsOf(pier))?.drift).toMatchObject(sealed);
    await readBack({});
    expect(await factsOf(pier)).toBeNull();
  });
});
