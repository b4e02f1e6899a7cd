import { type ConfigEditInput, type DownOf, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DesiredStateRepository } from '../src/agents/desired-state/desired-state.repository.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable } from './configuration.ts';
import type { Planted } from './fleet.ts';

const now = Date.parse('2026-12-10T12:00:00Z');
let api: TestApp;
let oak: TestOperator;
let mill: Planted;
let weir: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  mill = await configured('Mill', '4101');
  weir = await configured('Weir', '4201');
});
afterAll(() => api.close());

/** A gateway with a published account on its only line. A gateway has one change at a time, so each test has its own. */
async function configured(site: string, extension: string): Promise<Planted> {
  const gateway = await plantConfigurable(api.database.ownerUrl, oak.operatorId, { site, gateway: site, ports: [{}] });
  const { id: draftId } = await oak.technician(endpoints.createConfigDraft, { body: { name: site } });
  const place = { layer: 'port', gatewayId: gateway.gatewayId, position: 1 } as const;
  const edits = [{ place, name: 'port.extension', value: extension, action: 'set', sees: null }] as ConfigEditInput[];
  await oak.technician(endpoints.editConfigDraft, { params: { draftId }, body: { edits } });
  await oak.technician(endpoints.publishConfigDraft, { params: { draftId }, body: { reason: 'Agreed' } });
  return gateway;
}

const deploy = ({ gatewayId }: Planted, more: object) =>
  oak.technician(endpoints.deployConfig, {
    body: {
      gatewayIds: [gatewayId],
      mode: 'now',
      reason: 'Go',
      expiresAt: new Date(now + 3_600_000).toISOString(),
      ...more,
    },
  });

/** What the agent is sent of a deployment, and what people see of it. */
async function seenOf({ agentId }: Planted, deploymentId: string) {
  const pending = await api.app.get(DesiredStateRepository).pending(oak.operatorId, agentId, new Date(now));
  const query = { deploymentId };
  const [job] = (await oak.viewer(endpoints.listConfigJobs, { query })).items;
  const sent = pending.messages.find(
    (message): message is DownOf<'gateway-config'> => message.kind === 'gateway-config' && message.jobId === job?.id,
  );
  const { items } = await oak.admin(endpoints.listAudit, { query: { subjectType: ['config-deployment'], limit: 10 } });
  const audit = items.find(({ subject }) => subject.id === deploymentId);
  return { job, sent, audit };
}

test('nobody accepts the read-back as the only proof unless they say so', async () => {
  const deployment = await deploy(mill, {});
  expect(deployment.acceptsReadBack).toBe(false);
  const { job, sent, audit } = await seenOf(mill, deployment.id);
  expect(job?.acceptsReadBackBy).toBeNull();
  expect(sent).toBeDefined();
  expect(sent).not.toHaveProperty('acceptsReadBack');
  expect(audit?.change).toMatchObject({ acceptsReadBack: false });
});

test('who accepts it is named, kept, audited, and the agent is told; a line that must register still must', async () => {
  const deployment = await deploy(weir, { acceptsReadBack: true });
  expect(deployment.acceptsReadBack).toBe(true);
  const { job, sent, audit } = await seenOf(weir, deployment.id);
  expect(job?.acceptsReadBackBy).toBe(deployment.startedBy);
  expect(sent).toMatchObject({ acceptsReadBack: true, ports: [{ position: 1, mustRegister: true }] });
  expect(audit?.change).toMatchObject({ acceptsReadBack: true });
});

test('an acceptance that is not a yes or no is refused by its name', async () => {
  await expect(deploy(mill, { acceptsReadBack: 'yes' })).rejects.toMatchObject({
    problem: { status: 400, fields: [{ path: 'body.acceptsReadBack' }] },
  });
});
