import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from './app.ts';
import { account, ConfigurationWorld } from './configuration-world.ts';
import type { Planted } from './fleet.ts';

let world: ConfigurationWorld;

beforeAll(async () => {
  world = await ConfigurationWorld.start(Date.parse('2026-12-10T12:00:00Z'));
});
afterAll(() => world.close());

/** A gateway that confirmed an account and was read to have other values. */
async function drifted(name: string, changed: Record<string, string>) {
  const gateway = await world.plant(name);
  const values = await world.confirm(gateway, name, ...account(gateway.gatewayId, 1, '4001'));
  await read(gateway, { ...values, ...changed });
  return { gateway, values, drift: (await world.drifts(gateway.gatewayId))[0]! };
}

async function read(gateway: Planted, values: Record<string, string>): Promise<void> {
  world.now += 1000;
  await world.oak.technician(endpoints.readGatewayConfig, { params: { gatewayId: gateway.gatewayId } });
  const [job] = await world.sentTo(gateway);
  await world.readDuring(gateway, job!, values);
  await world.report(gateway, job!, { state: 'confirmed' });
}

const inputOf = (gateway: Planted, driftId: string) => ({
  params: { gatewayId: gateway.gatewayId },
  body: { source: { kind: 'drift' as const, driftId } },
});
const preview = (gateway: Planted, driftId: string) =>
  world.oak.technician(endpoints.previewConfigImport, inputOf(gateway, driftId));
async function adopt(gateway: Planted, driftId: string) {
  const { fingerprint } = await preview(gateway, driftId);
  const { params, body } = inputOf(gateway, driftId);
  return world.oak.technician(endpoints.importConfig, {
    params,
    body: { ...body, into: { name: 'Adopted' }, fingerprint },
  });
}

test('a drift goes into a draft with the settings of its keys alone, and ends once these are deployed and read', async () => {
  const { gateway, values, drift } = await drifted('Quay', { P35: '4999', P9999: 'by hand' });
  const changed = { ...values, P35: '4999', P9999: 'by hand' };
  expect(await preview(gateway, drift.id)).toMatchObject({
    edits: [{ field: 'port.extension', position: 1, action: 'set', value: '4999' }],
    kept: [],
    changes: [],
    unread: [],
  });
  const { draft, edits } = await adopt(gateway, drift.id);
  expect(edits).toBe(1);
  const now = async () => (await world.drifts(gateway.gatewayId))[0];
  expect(await now()).toMatchObject({ state: 'open', draft: { id: draft.id, name: 'Adopted', state: 'open' } });

  await world.publish(draft.id);
  await read(gateway, changed);
  expect(await now()).toMatchObject({ state: 'open', draft: { state: 'published' } });
  await world.deploy([gateway.gatewayId]);
  const [job] = await world.sentTo(gateway);
  expect(job!.changes).toContainEqual(expect.objectContaining({ key: 'P35', value: '4999' }));
  world.now += 1000;
  await world.report(gateway, job!, { state: 'confirmed', holds: 'after', verdict: 'works' });
  await read(gateway, changed);
  expect(await now()).toMatchObject({ state: 'gone' });
  expect(await problemOf(preview(gateway, drift.id))).toMatchObject({ code: 'invalid-input' });
});

test('what the gateway has beyond the draft takes the draft off the drift', async () => {
  const { gateway, values, drift } = await drifted('Lock', { P35: '4998' });
  await adopt(gateway, drift.id);
  await read(gateway, { ...values, P35: '4997' });
  expect((await world.drifts(gateway.gatewayId))[0]).toMatchObject({ id: drift.id, state: 'open', draft: null });
  expect((await preview(gateway, drift.id)).edits).toMatchObject([{ value: '4997' }]);
});

test('a secret is never taken, and nothing of another gateway or for who may not write', async () => {
  const { gateway, drift } = await drifted('Pier', { P35: '4996', P34: 'found-on-it' });
  const shown = await preview(gateway, drift.id);
  expect(shown.edits.map(({ field }) => field)).toEqual(['port.extension']);
  expect(JSON.stringify(shown)).not.toContain('found-on-it');
  const other = await world.plant('Other');
  expect(await problemOf(preview(other, drift.id))).toMatchObject({ code: 'invalid-input' });
  expect(await problemOf(world.oak.viewer(endpoints.previewConfigImport, inputOf(gateway, drift.id)))).toMatchObject({
    code: 'not-allowed',
  });
});
