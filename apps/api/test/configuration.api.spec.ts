import { gzipSync } from 'node:zlib';
import { type ConfigEditInput, type DownOf, endpoints, type GatewayConfigProgress } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesiredStateRepository } from '../src/agents/desired-state/desired-state.repository.ts';
import { AdvanceService } from '../src/configuration/deployments/advance.service.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable, progressOf } from './configuration.ts';
import type { Planted } from './fleet.ts';
import { type IngestInstance, itemOf, rowsOf, startIngest, TestStream } from './ingest.ts';

const NOON = Date.parse('2026-12-10T12:00:00Z');
let now = NOON;
let api: TestApp;
let oak: TestOperator;
let ingest: IngestInstance;
const streams = new Map<string, TestStream>();

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  ingest = await startIngest(api.database.config, () => now);
});
afterAll(async () => {
  await ingest.close();
  await api.close();
});

const planted = (site: string) =>
  plantConfigurable(api.database.ownerUrl, oak.operatorId, {
    site,
    gateway: site,
    ports: [{}, { device: 'lift-phone' }],
  });
const draftOf = async (name: string) => (await oak.technician(endpoints.createConfigDraft, { body: { name } })).id;
type Edit = Partial<ConfigEditInput> & Pick<ConfigEditInput, 'place' | 'name'>;
const edit = (draftId: string, ...edits: Edit[]) =>
  oak.technician(endpoints.editConfigDraft, {
    params: { draftId },
    body: { edits: edits.map((one) => ({ action: 'set', sees: null, ...one })) as ConfigEditInput[] },
  });
const publish = (draftId: string, reason = 'Agreed') =>
  oak.technician(endpoints.publishConfigDraft, { params: { draftId }, body: { reason } });
const review = (draftId: string) => oak.viewer(endpoints.reviewConfigDraft, { params: { draftId } });
const deploy = (gatewayIds: string[], more: object = {}) =>
  oak.technician(endpoints.deployConfig, {
    body: { gatewayIds, mode: 'now', reason: 'Go', expiresAt: new Date(now + 3_600_000).toISOString(), ...more },
  });
const jobsOf = async (deploymentId: string) =>
  (await oak.viewer(endpoints.listConfigJobs, { query: { deploymentId } })).items;
const advance = () => api.app.get(AdvanceService).advanceAll();

/** What the agent of a gateway would be sent now. */
async function sentTo({ agentId, operatorId }: Planted): Promise<DownOf<'gateway-config'>[]> {
  const { messages } = await api.app.get(DesiredStateRepository).pending(operatorId, agentId, new Date(now));
  return messages.filter((message) => message.kind === 'gateway-config');
}

async function say(gateway: Planted, kind: 'gateway-config' | 'running-config', body: object): Promise<unknown[]> {
  const stream = streams.get(gateway.agentId) ?? new TestStream();
  streams.set(gateway.agentId, stream);
  const outcomes = await ingest.committer.commit([itemOf(gateway.agentId, stream.say(kind, body as never), now)]);
  return outcomes.flatMap(({ rejections }) => rejections.map(({ rejection }) => rejection.code));
}

const report = (
  gateway: Planted,
  { jobId, gatewayId, revision }: DownOf<'gateway-config'>,
  more: Partial<GatewayConfigProgress>,
) => say(gateway, 'gateway-config', progressOf({ jobId, gatewayId, revision }, now, more));

const account = (gatewayId: string, position: number, extension: string): Edit[] => [
  { place: { layer: 'port', gatewayId, position }, name: 'port.extension', value: extension },
  { place: { layer: 'port', gatewayId, position }, name: 'port.password', value: `secret-of-${extension}` },
];

describe('a configuration', () => {
  let harbour: Planted;
  let jobId = '';
  beforeAll(async () => {
    harbour = await planted('Harbour');
  });

  test('is edited by two people, reviewed, published, deployed and confirmed', async () => {
    const { gatewayId, siteId } = harbour;
    const draftId = await draftOf('First');
    await edit(draftId, {
      place: { layer: 'site', siteId },
      name: 'sip.registrars',
      value: [{ host: 'sip.example.net', port: null }],
    });
    await oak.admin(endpoints.editConfigDraft, {
      params: { draftId },
      body: {
        edits: account(gatewayId, 2, '2002').map((one) => ({ action: 'set', sees: null, ...one }) as ConfigEditInput),
      },
    });
    expect(await review(draftId)).toMatchObject({
      gateways: 1,
      lines: 2,
      lifeSafetyLines: 1,
      gatewaysByCost: [{ cost: 'service-restart', gateways: 1 }],
      // Three that were edited, and two defaults of the product for a lift phone with an account.
      settingsChanged: 5,
      checksFailed: [],
      staleEdits: 0,
    });
    const { items } = await oak.viewer(endpoints.listConfigGatewayReviews, { params: { draftId } });
    expect(items[0]!.keys).toContainEqual({ key: 'P735', before: null, after: '2002', isSecret: false });
    expect(items[0]!.settings.find(({ field }) => field === 'port.password')).toMatchObject({
      position: 2,
      before: null,
      after: { isSet: true },
    });
    const revision = await publish(draftId);
    expect(revision).toMatchObject({ number: 1, changes: 3, editors: ['Oak admin', 'Oak technician'] });

    const effective = await oak.viewer(endpoints.getEffectiveConfig, { params: { gatewayId } });
    expect(effective).toMatchObject({ revision: 1, confirmedRevision: null, problems: [] });
    expect(effective.settings.find(({ field }) => field === 'sip.registrars')).toMatchObject({
      value: [{ host: 'sip.example.net', port: null }],
      origin: { layer: 'site', layerName: 'Harbour', author: 'Oak technician' },
    });

    const deployment = await deploy([gatewayId]);
    expect(deployment).toMatchObject({
      revision: 1,
      gateways: 1,
      gatewaysByState: [{ state: 'waiting', gateways: 1 }],
    });
    const [message] = await sentTo(harbour);
    jobId = message!.jobId;
    expect(message).toMatchObject({ purpose: 'apply', revision: 1, sipServer: 'sip.example.net', access: null });
    expect(message!.changes).toContainEqual({
      kind: 'set',
      key: 'P734',
      value: 'secret-of-2002',
      secret: true,
      former: null,
    });
    expect(message!.ports.map(({ position, mustRegister }) => [position, mustRegister])).toEqual([
      [1, false],
      [2, true],
    ]);
    now += 1000;
    expect(await report(harbour, message!, { state: 'applying' })).toEqual([]);
    expect(await sentTo(harbour)).toEqual([]);
    now += 1000;
    await report(harbour, message!, { state: 'applied-unconfirmed', holds: 'after' });
    expect((await jobsOf(deployment.id))[0]).toMatchObject({ state: 'applied-unconfirmed', verdict: null });
    now += 1000;
    await report(harbour, message!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    await advance();
    expect((await jobsOf(deployment.id))[0]).toMatchObject({ state: 'confirmed', holds: 'after', verdict: 'works' });
    const params = { deploymentId: deployment.id };
    expect(await oak.viewer(endpoints.getConfigDeployment, { params })).toMatchObject({ state: 'over' });
    const after = await oak.viewer(endpoints.getEffectiveConfig, { params: { gatewayId } });
    expect(after.confirmedRevision).toBe(1);
  });

  test('that its agent read is kept once, sealed', async () => {
    const body = {
      gatewayId: harbour.gatewayId,
      jobId,
      moment: 'after',
      readAt: now,
      format: 'grandstream-xml',
      fingerprint: 'a'.repeat(64),
      firmware: null,
      bytes: 11,
      gzipBase64: gzipSync('P734=secret').toString('base64'),
      nullReason: null,
    };
    expect(await say(harbour, 'running-config', body)).toEqual([]);
    now += 1000;
    const again = { ...body, readAt: now, gzipBase64: gzipSync('P734=secret', { level: 1 }).toString('base64') };
    expect(await say(harbour, 'running-config', again)).toEqual([]);
    expect(await say(harbour, 'running-config', { ...body, gzipBase64: 'bm8gZ3ppcA==' })).toEqual(['invalid']);
    const rows = await rowsOf<{ at: Date }>(api.database.ownerUrl, 'select last_read_at as at from running_config');
    expect(rows.map(({ at }) => at.getTime())).toEqual([now]);
  });

  test('goes back to a former revision as a new one', async () => {
    const { gatewayId } = harbour;
    const place = { layer: 'port', gatewayId, position: 2 } as const;
    const [extension] = (
      await oak.viewer(endpoints.listConfigEntries, { query: { layer: 'port', gatewayId, position: 2 } })
    ).items;
    const draftId = await draftOf('Another number');
    await edit(draftId, { place, name: 'port.extension', value: '2999', sees: extension!.id });
    expect(await publish(draftId)).toMatchObject({ number: 2, changes: 1 });
    const back = await oak.technician(endpoints.rollBackConfig, { params: { revision: 1 }, body: { reason: 'No' } });
    expect(back).toMatchObject({ number: 3, changes: 1, rolledBackTo: 1 });
    const changes = await oak.viewer(endpoints.compareConfigRevisions, {
      params: { revision: 3 },
      query: { since: 1 },
    });
    expect(changes.items).toEqual([]);
    const last = await oak.viewer(endpoints.compareConfigRevisions, { params: { revision: 3 } });
    expect(last.items).toMatchObject([{ name: 'port.extension', before: { value: '2999' }, after: { value: '2002' } }]);
    const history = await oak.viewer(endpoints.listConfigHistory, { params: { gatewayId }, query: { position: 2 } });
    expect(history.items.map(({ name, revision }) => [name, revision])).toEqual([
      ['port.extension', 3],
      ['port.extension', 2],
      ['port.extension', 1],
      ['port.password', 1],
      ['sip.registrars', 1],
    ]);
    await deploy([gatewayId]);
    const [message] = await sentTo(harbour);
    expect(message).toMatchObject({ purpose: 'rollback', revision: 3 });
    expect(message!.changes).toContainEqual({
      kind: 'set',
      key: 'P734',
      value: 'secret-of-2002',
      secret: true,
      former: 'secret-of-2002',
    });
    await report(harbour, message!, { state: 'failed', reasonCode: 'withdrawn' });
  });
});

describe('a change that was made elsewhere', () => {
  test('is overwritten once a deployment has begun, and stays open where that is refused', async () => {
    const pier = await planted('North pier');
    const draftId = await draftOf('North pier');
    await edit(draftId, ...account(pier.gatewayId, 1, '7101'));
    await publish(draftId);
    const deployment = await deploy([pier.gatewayId]);
    const [message] = await sentTo(pier);
    await report(pier, message!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    await advance();
    const keys = JSON.stringify([{ key: 'P47', before: 'a', after: 'b', isSecret: false }]);
    const [drift] = await rowsOf<{ id: string }>(
      api.database.ownerUrl,
      `insert into config_drift (operator_id, gateway_id, job_id, found_at, keys, keys_total)
       select operator_id, gateway_id, id, now(), '${keys}', 1 from config_job where deployment_id = '${deployment.id}' returning id`,
    );
    const decide = () =>
      oak.technician(endpoints.decideConfigDrift, {
        params: { driftId: drift!.id },
        body: { decision: 'overwrite', reason: 'Agreed' },
      });
    const retire = (at: string) =>
      rowsOf(
        api.database.ownerUrl,
        `update gateway set retired_at = ${at} where id = '${pier.gatewayId}' returning id`,
      );
    const open = async () =>
      (await oak.viewer(endpoints.listConfigDrifts, { query: { gatewayId: pier.gatewayId, state: ['open'] } })).total;
    await retire('now()');
    expect(await problemOf(decide())).toMatchObject({ code: 'not-found' });
    expect(await open()).toBe(1);
    await retire('null');
    expect(await decide()).toMatchObject({ state: 'overwritten', reason: 'Agreed' });
    expect(await open()).toBe(0);
    expect(await problemOf(decide())).toMatchObject({ code: 'nothing-changed' });
    expect((await sentTo(pier)).map(({ jobId }) => jobId)).not.toContain(message!.jobId);
    expect(await sentTo(pier)).toHaveLength(1);
  });
});

describe('an edit', () => {
  let quay: Planted;
  beforeAll(async () => {
    quay = await planted('Quay');
  });
  const ofQuay = () => ({ layer: 'site', siteId: quay.siteId }) as const;

  test('of what its author did not see is refused, and names who changed it', async () => {
    const draftId = await draftOf('Shared');
    const first = await edit(draftId, { place: ofQuay(), name: 'sip.transport', value: 'udp' });
    const other = { place: ofQuay(), name: 'sip.transport', value: 'tls' };
    expect(await problemOf(edit(draftId, other))).toMatchObject({
      code: 'stale-edit',
      detail: expect.stringContaining('Oak technician changed sip.transport'),
    });
    const seen = await edit(draftId, { ...other, sees: first.edits[0]!.id });
    expect(seen.draft.edits).toBe(1);
    expect(seen.edits[0]).toMatchObject({ value: 'tls', placeName: 'Quay' });
  });

  test('is stale once another draft was published, and stops the publication', async () => {
    const [one, two] = [await draftOf('One'), await draftOf('Two')];
    for (const draftId of [one, two]) await edit(draftId, { place: ofQuay(), name: 'media.dtmf', value: 'rfc4733' });
    await publish(one);
    expect(await review(two)).toMatchObject({
      staleEdits: 1,
      checksFailed: [{ check: 'stale-edit', effect: 'blocks' }],
    });
    expect(await problemOf(publish(two))).toMatchObject({ code: 'publish-blocked' });
    const { items } = await oak.viewer(endpoints.listConfigEdits, { params: { draftId: two } });
    expect(items[0]).toMatchObject({ isStale: true, replaces: { value: 'rfc4733' } });
    await oak.technician(endpoints.removeConfigEdit, { params: { draftId: two, editId: items[0]!.id } });
    expect(await problemOf(publish(two))).toMatchObject({ code: 'nothing-changed' });
    expect(await problemOf(edit(one, { place: ofQuay(), name: 'media.dtmf', value: 'in-band' }))).toMatchObject({
      code: 'draft-closed',
    });
  });

  test.for<[string, Edit, string]>([
    ['an invalid value', { place: { layer: 'operator' }, name: 'sip.transport', value: 'pigeon' }, 'value'],
    ['an unknown field', { place: { layer: 'operator' }, name: 'sip.pigeons', value: 1 }, 'name'],
    [
      'a gateway setting for a class',
      { place: { layer: 'operator' }, name: 'sip.srtp', value: 'off', deviceClass: 'fax' },
      'deviceClass',
    ],
    ['nothing to set', { place: { layer: 'operator' }, name: 'sip.transport' }, 'value'],
  ])('with %s is refused', async ([, wrong, path]) => {
    const draftId = await draftOf('Wrong');
    const problem = await problemOf(edit(draftId, wrong));
    expect(problem).toMatchObject({ code: 'invalid-input', fields: [{ path: `body.edits.0.${path}` }] });
  });
});

describe('a publication', () => {
  test('is stopped by a check, which a technician may not override and an owner may by name', async () => {
    const pier = await planted('Pier');
    const draftId = await draftOf('Twice');
    await edit(draftId, ...[1, 2].flatMap((position) => account(pier.gatewayId, position, '3001')));
    expect((await review(draftId)).checksFailed).toEqual([
      { check: 'duplicate-extension', effect: 'blocks-unless-overridden', count: 2 },
    ]);
    expect(await problemOf(publish(draftId))).toMatchObject({ code: 'publish-blocked' });
    const body = { reason: 'A shared line', overrides: [{ check: 'duplicate-extension', reason: 'Wanted' }] } as const;
    const call = { params: { draftId }, body: { ...body, overrides: [...body.overrides] } };
    expect(await problemOf(oak.technician(endpoints.publishConfigDraft, call))).toMatchObject({ code: 'not-allowed' });
    expect(await oak.admin(endpoints.publishConfigDraft, call)).toMatchObject({ overrides: body.overrides });
  });

  test('is stopped where an emergency number would not get out by the plan of a line, and names the number', async () => {
    const quay = await planted('Quay');
    const draftId = await draftOf('Plan');
    const rule = (label: string, pattern: string, of: string) => ({ label, pattern, class: of, timer: 'none' });
    const plan = (...rules: object[]) => ({ rules: [...rules, rule('National', '0x{9,10}', 'national')] }) as never;
    const place = { layer: 'operator' } as const;
    const office = { place, kind: 'dial-plan', name: 'Office' } as const;
    const gateway = { layer: 'gateway', gatewayId: quay.gatewayId } as const;
    const port = { layer: 'port', gatewayId: quay.gatewayId, position: 1 } as const;
    const first = await edit(
      draftId,
      { ...office, value: plan(rule('European', '112', 'emergency')) },
      { place: port, name: 'port.dialPlan', value: 'Office' },
    );
    const checks = async () => (await review(draftId)).checksFailed.map(({ check }) => check);
    // Without a country nobody can say which numbers must get out, so that nothing is taken for checked.
    expect(await checks()).toContain('country-unknown');
    await edit(draftId, { place: gateway, name: 'line.country', value: 'GB' });
    expect(await checks()).toContain('emergency-path');
    const found = (await review(draftId)).findings.filter(({ check }) => check === 'emergency-path');
    expect(found.map(({ position, detail }) => [position, detail.includes('999')])).toContainEqual([1, true]);
    expect(await problemOf(publish(draftId))).toMatchObject({ code: 'publish-blocked' });
    const sees = first.edits.find(({ name }) => name === 'Office')!.id;
    const both = [rule('European', '112', 'emergency'), rule('Police', '999', 'emergency')];
    await edit(draftId, { ...office, value: plan(...both), sees });
    expect(await checks()).not.toContain('emergency-path');
    expect(await publish(draftId)).toMatchObject({ changes: 3 });

    // Lines keep the name of their plan, and change with its rules.
    const { items } = await oak.viewer(endpoints.listConfigEntries, { query: { layer: 'operator' } });
    const next = await draftOf('Only European');
    const used = items.find(({ name }) => name === 'Office')!;
    await edit(next, { ...office, value: plan(rule('European', '112', 'emergency')), sees: used.id });
    expect(await review(next)).toMatchObject({ gateways: 1, lines: 1, settingsChanged: 1 });
    const { items: reviews } = await oak.viewer(endpoints.listConfigGatewayReviews, { params: { draftId: next } });
    expect(reviews[0]!.settings).toMatchObject([
      { position: 1, field: 'port.dialPlan', before: 'Office', after: 'Office' },
    ]);
    expect(reviews[0]!.keys).not.toEqual([]);
    expect(await problemOf(publish(next))).toMatchObject({ code: 'publish-blocked' });
  });

  test('needs another person than its only editor where the operator asks for it', async () => {
    const dock = await planted('Dock');
    await oak.admin(endpoints.setConfigPolicy, { body: { needsOtherPerson: true } });
    const draftId = await draftOf('Alone');
    await edit(draftId, ...account(dock.gatewayId, 1, '4001'));
    expect(await problemOf(publish(draftId))).toMatchObject({ code: 'other-person-needed' });
    const call = { params: { draftId }, body: { reason: 'Seen' } };
    expect(await oak.admin(endpoints.publishConfigDraft, call)).toMatchObject({ publishedBy: 'Oak admin' });
    await oak.admin(endpoints.setConfigPolicy, { body: { needsOtherPerson: false } });
  });
});

describe('a deployment', () => {
  let gateways: Planted[];
  beforeAll(async () => {
    gateways = [];
    const draftId = await draftOf('Three');
    for (const [at, site] of ['East', 'West', 'South'].entries()) {
      const gateway = await planted(site);
      gateways.push(gateway);
      await edit(draftId, ...account(gateway.gatewayId, 1, `5${at}01`));
    }
    gateways.sort((a, b) => (a.gatewayId < b.gatewayId ? -1 : 1));
    await publish(draftId);
  });
  const ids = () => gateways.map(({ gatewayId }) => gatewayId);
  const sent = () => Promise.all(gateways.map(async (gateway) => (await sentTo(gateway)).length));

  test('goes gateway by gateway and stops at the first that went back', async () => {
    const { id } = await deploy(ids(), { mode: 'stepwise' });
    expect(await sent()).toEqual([1, 0, 0]);
    const [first] = await sentTo(gateways[0]!);
    await report(gateways[0]!, first!, { state: 'reverted', reasonCode: 'registration-lost', verdict: 'config' });
    await advance();
    expect(await sent()).toEqual([0, 0, 0]);
    const states = await jobsOf(id);
    expect(states.map(({ state, reasonCode }) => [state, reasonCode]).toSorted()).toEqual([
      ['reverted', 'registration-lost'],
      ['waiting', 'stopped'],
      ['waiting', 'stopped'],
    ]);
    expect(await oak.viewer(endpoints.getConfigDeployment, { params: { deploymentId: id } })).toMatchObject({
      state: 'stopped',
    });
    const cancelled = await oak.technician(endpoints.cancelConfigDeployment, {
      params: { deploymentId: id },
      body: { reason: 'Not today' },
    });
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      gatewaysByState: [
        { state: 'reverted', gateways: 1 },
        { state: 'failed', gateways: 2 },
      ],
    });
  });

  test('waits for a maintenance window, and gives up what was never sent in time', async () => {
    const { id } = await deploy([ids()[0]!], { mode: 'window' });
    expect((await jobsOf(id))[0]).toMatchObject({ state: 'waiting', reasonCode: 'window' });
    now += 3_600_001;
    await advance();
    expect((await jobsOf(id))[0]).toMatchObject({ state: 'failed', reasonCode: 'expired', holds: 'before' });
  });

  test('that was sent is withdrawn by its agent alone', async () => {
    const { id } = await deploy([ids()[1]!]);
    await oak.technician(endpoints.cancelConfigDeployment, { params: { deploymentId: id }, body: { reason: 'Wrong' } });
    const [message] = await sentTo(gateways[1]!);
    expect(message).toMatchObject({ withdrawn: true });
    expect((await jobsOf(id))[0]).toMatchObject({ state: 'waiting' });
    await report(gateways[1]!, message!, { state: 'failed', reasonCode: 'withdrawn' });
    expect((await jobsOf(id))[0]).toMatchObject({ state: 'failed', reasonCode: 'withdrawn' });
    expect(await sentTo(gateways[1]!)).toEqual([]);
  });
});
