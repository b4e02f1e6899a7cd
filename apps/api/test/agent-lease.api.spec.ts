import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AGENT_LEASE_S } from '../src/core/fleet/effective-gateway.ts';
import { LeaseWatch } from '../src/agents/registry/lease-watch.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { listen, type LiveClient } from './live-client.ts';

let offsetMs = 0;
const clock = () => Date.now() + offsetMs;
let api: TestApp;
let oak: TestOperator;
const open: LiveClient[] = [];

beforeAll(async () => {
  api = await startApp({ clock });
  oak = await api.operator('Oak');
});
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(() => api.close());

/** Every check reports the leases that expired since the one before. */
async function pass(seconds: number): Promise<void> {
  offsetMs += seconds * 1_000;
  await api.app.get(LeaseWatch).look();
}

async function browser(operator: TestOperator): Promise<LiveClient> {
  const client = await listen(api.url, { cookie: operator.cookie });
  open.push(client);
  return client;
}

const planted = (options: { online?: boolean } = {}) =>
  plant(api.database.ownerUrl, oak.operatorId, { at: new Date(clock()), ...options });

test('an agent that becomes silent without a last will is reported to its operator when its lease expires, once', async () => {
  const elm = await api.operator('Elm');
  const [ours, theirs] = [await browser(oak), await browser(elm)];
  const first = await planted();
  // Its end was reported when it left.
  await planted({ online: false });
  await pass(AGENT_LEASE_S - 5);
  const second = await planted();
  await pass(10);
  expect(await ours.next()).toEqual({ type: 'agent', agentId: first.agentId, siteId: first.siteId });
  await pass(AGENT_LEASE_S);
  expect(await ours.next()).toEqual({ type: 'agent', agentId: second.agentId, siteId: second.siteId });
  await pass(AGENT_LEASE_S);
  await expect(Promise.race([ours.next(500), theirs.next(500)])).rejects.toThrow('no live event came');
});
