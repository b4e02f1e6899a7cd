import { afterEach, expect, test } from 'vitest';
import { makeTestSite, type TestSite, type TestSiteOptions } from './testing/test-site.ts';
import { until } from './testing/until.ts';

const sites: TestSite[] = [];
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close();
});

async function site(options: TestSiteOptions): Promise<TestSite> {
  const made = await makeTestSite(options);
  sites.push(made);
  return made;
}

test('a gateway is recognised, its inventory sent, then a full report, then only what changes', async () => {
  const { cloud, start } = await site({ gateways: [{ name: 'a', driver: 'audiocodes', address: '127.0.40.1' }] });
  await start();
  await until(() => cloud.bodies('unchanged').length > 0 && cloud.reports().length > 0);
  expect(cloud.refused).toEqual([]);
  const [inventory] = cloud.bodies('inventory');
  expect(inventory).toMatchObject({ driverId: 'audiocodes', address: '127.0.40.1' });
  const [first] = cloud.reports();
  expect(first).toMatchObject({ full: true, gatewayId: inventory?.gatewayId, revision: inventory?.revision });
  expect(first?.state?.oper?.length).toBe(inventory?.ports.length);
});
