import { type Endpoint, type EndpointId, endpoints } from '@loopstart/contracts';
import { AUDITED, isProviderRight } from '@loopstart/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf, startApp, type TestApp, type TestOperator, proveAgain } from './app.ts';
import type { PlantedConfiguration } from './configuration-inputs.ts';
import { inputs, plantAlerting } from './endpoint-inputs.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { makeCsr } from './pki.ts';
import { returnProof } from './returning.ts';

const PASSWORD = 'correct horse battery';
/** What each secret that the API takes is set to here. */
const SECRETS = {
  password: 'canary password of ours',
  guess: 'canary-guess',
  community: 'canary-community',
  passphrase: 'canary-passphrase',
  address: 'canary-in-the-address',
  routingKey: 'canary-routing-key',
  apiKey: 'canary-api-key',
  credentials: 'canary-credentials',
  header: 'canary-header',
  line: 'canary-line-password',
  login: 'canary-login-password',
  enable: 'canary-enable-password',
};

let api: TestApp;
let oak: TestOperator;
/** Secrets that the API made. */
const made: string[] = [];

const inOrder: Endpoint[] = [endpoints.orderPolicies];
const last: Endpoint[] = [
  endpoints.deleteScheduleOverride,
  endpoints.deleteSchedule,
  endpoints.deletePolicy,
  endpoints.deleteChannel,
  endpoints.resetThreshold,
  endpoints.handOverGateways,
  endpoints.revokeAgent,
];
/** Asked for by hand below, with secrets. */
const APART: Endpoint[] = [
  endpoints.signIn,
  endpoints.signOut,
  endpoints.changePassword,
  endpoints.enrolAgent,
  endpoints.returnAgent,
  // Need the password that changePassword set.
  endpoints.changeEmail,
  endpoints.proveAgain,
  // Needs a provider that answers.
  endpoints.linkSignOn,
];

beforeAll(async () => {
  api = await startApp({
    env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1,desk.example', SMTP_URL: 'smtp://127.0.0.1:9' },
  });
  oak = await api.operator('Oak');
  const place = await plant(api.database.ownerUrl, oak.operatorId);
  const alerting = await plantAlerting(api.database.ownerUrl, oak, place);
  const params = { gatewayId: place.gatewayId };
  const asked = { type: 'poll-now' as const, idempotencyKey: crypto.randomUUID() };
  const action = await oak.admin(endpoints.createAction, { params, body: asked });
  const given: Record<EndpointId, object> = inputs({ ...place, ...alerting, actionId: action.id });
  const refusal = given.decideAgentReturn as { params: { agentId: string }; body: { keySha256: string } };
  await oak.admin(endpoints.decideAgentReturn, { ...refusal, body: { ...refusal.body, approve: false } });
  await proveAgain(oak.admin);
  await withSecrets(place.agentId, place.siteId, alerting.channelId);
  await configuration(alerting.configuration);
  const changing = (Object.values(endpoints) as Endpoint[]).filter(
    (endpoint) =>
      endpoint.method !== 'GET' &&
      endpoint.permission !== 'public' &&
      // No role of an operator has those of the provider; provider.api.spec.ts looks at their entries.
      !isProviderRight(endpoint.permission) &&
      ![...APART, ...inOrder, ...last].includes(endpoint),
  );
  for (const endpoint of [...inOrder, ...changing, ...last])
    await oak.admin(endpoint, given[endpoint.id as EndpointId] as never);
});
afterAll(() => api.close());

/** Everything that takes a secret, or makes one. */
async function withSecrets(agentId: string, siteId: string, channelId: string): Promise<void> {
  const email = await signInAndChange();
  await fetch(api.url + endpoints.signIn.path, signInWith(email, SECRETS.guess));
  const access = { version: 'v2c', community: SECRETS.community, writeCommunity: SECRETS.community } as const;
  const v3 = {
    version: 'v3',
    user: 'reader',
    level: 'authPriv',
    authProtocol: 'sha256',
    authPassphrase: SECRETS.passphrase,
    privProtocol: 'aes128',
    privPassphrase: SECRETS.passphrase,
  } as const;
  const target = { id: 'lobby', address: '192.0.2.1', port: 161, pollIntervalMs: null };
  const targets = [
    { ...target, access },
    { ...target, id: 'plant', address: '192.0.2.2', access: v3 },
  ];
  await oak.admin(endpoints.putAgentTargets, { params: { agentId }, body: { targets } });
  await oak.admin(endpoints.putHeartbeat, { body: { url: `https://127.0.0.1/${SECRETS.address}`, everyS: 60 } });
  const {
    agentId: enrolled,
    keyPem,
    certificatePem,
  } = await enrolWith(await oak.admin(endpoints.createEnrolmentToken, { params: { siteId } }));
  await api.anonymous(endpoints.returnAgent, { body: await returnProof(api, { keyPem, certificatePem }) });
  await enrolWith(await oak.admin(endpoints.createReplacementToken, { params: { agentId: enrolled } }));
  await channels();
  await oak.admin(endpoints.setChannelState, { params: { channelId }, body: { enabled: false } });
}

async function enrolWith({ token }: { token: string }) {
  made.push(token);
  const { csrPem, keyPem } = await makeCsr();
  const body = { token, csrPem, hostname: 'north-1', version: '1.0.0' };
  return { ...(await api.anonymous(endpoints.enrolAgent, { body })), keyPem };
}

const signInWith = (email: string, password: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ email, password }),
});

async function signInAndChange(): Promise<string> {
  const { email } = await oak.viewer(endpoints.getSession);
  const response = await fetch(api.url + endpoints.signIn.path, signInWith(email, PASSWORD));
  const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!;
  made.push(cookie.split('=')[1]!);
  const viewer = clientOf(api.url, cookie);
  const body = { currentPassword: PASSWORD, newPassword: SECRETS.password };
  await viewer(endpoints.changePassword, { body });
  await viewer(endpoints.signOut);
  return email;
}

/** Secrets of a gateway: published, deployed, brought back, and its login. */
async function configuration({ gatewayId, driftId }: PlantedConfiguration): Promise<void> {
  const { id } = await oak.admin(endpoints.createConfigDraft, { body: { name: 'Secrets' } });
  const place = { layer: 'port' as const, gatewayId, position: 2 };
  const edit = { place, name: 'port.password', action: 'set' as const, value: SECRETS.line, sees: null };
  await oak.admin(endpoints.editConfigDraft, { params: { draftId: id }, body: { edits: [edit] } });
  await oak.admin(endpoints.publishConfigDraft, { params: { draftId: id }, body: { reason: 'Agreed' } });
  const access = { user: 'admin', password: SECRETS.login, enablePassword: SECRETS.enable };
  await oak.admin(endpoints.setConfigAccess, { params: { gatewayId }, body: { access } });
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const body = { gatewayIds: [gatewayId], mode: 'now' as const, reason: 'Agreed', expiresAt };
  await oak.admin(endpoints.deployConfig, { body });
  await oak.admin(endpoints.setConfigAccess, { params: { gatewayId }, body: { access: null } });
  const ignored = { decision: 'ignore' as const, reason: 'Agreed', until: expiresAt };
  await oak.admin(endpoints.decideConfigDrift, { params: { driftId }, body: ignored });
  await oak.admin(endpoints.rollBackConfig, { params: { revision: 1 }, body: { reason: 'Agreed' } });
  await oak.admin(endpoints.rollBackConfig, { params: { revision: 2 }, body: { reason: 'Agreed' } });
}

/** One of each kind with a secret, changed to another secret. */
async function channels(): Promise<void> {
  const url = `https://desk.example:8443/${SECRETS.address}?key=${SECRETS.address}`;
  const ticket = { idPath: 'id', openBody: '{}', updateBody: '{}', closeBody: '{}', updateMethod: 'PATCH' } as const;
  const bodies = [
    { kind: 'webhook', name: 'Signed hook', url, filters: {}, signing: 'v1' },
    { kind: 'slack', name: 'Slack', url },
    { kind: 'teams', name: 'Teams', url },
    { kind: 'pagerduty', name: 'PagerDuty', region: 'eu', routingKey: SECRETS.routingKey },
    { kind: 'opsgenie', name: 'Opsgenie', region: 'us', apiKey: SECRETS.apiKey },
    {
      kind: 'ticket',
      name: 'Desk',
      url,
      credentials: `Basic ${SECRETS.credentials}`,
      headers: { 'x-key': SECRETS.header },
      ...ticket,
    },
  ] as const;
  for (const body of bodies) {
    const { channel, signingSecret } = await oak.admin(endpoints.createChannel, { body });
    if (signingSecret !== null) made.push(signingSecret);
    const changed = JSON.parse(JSON.stringify(body).replaceAll('canary', 'canary-2')) as typeof body;
    await oak.admin(endpoints.updateChannel, { params: { channelId: channel.id }, body: changed });
    if (body.kind !== 'webhook') continue;
    const rotation = { params: { channelId: channel.id }, body: { overlapHours: 1 } };
    const rotated = await oak.admin(endpoints.rotateChannelKey, rotation);
    made.push(rotated.signingSecret!);
  }
  // Who may see them whole sees their addresses.
  await oak.admin(endpoints.listChannels);
  await oak.admin(endpoints.exportOperator);
}

const written = () =>
  rowsOf<{ subject: string; verb: string; whole: string }>(
    api.database.ownerUrl,
    'select subject_type as subject, verb, row_to_json(e)::text as whole from audit_entry e',
  );

/** Written by Loopstart itself, or where nobody is signed in; SCIM, accounts, invitations and set-up have specs of their own. */
const BY_ITSELF = [
  'second-step-refused user',
  'network-refused user',
  'passkey-refused user',
  'ask-reset user',
  'reset-password user',
  'ask-email user',
  'change-email user',
  'join user',
  'link user',
  'create operator',
  'invite-owner operator',
  'set-quotas operator',
  'suspend operator',
  'resume operator',
  'publish publication',
  'publish-version publication',
  'unpublish publication',
  'forget audit-trail',
  'take-over api-token',
  'prove-domain sso-connection',
  'lose-domain sso-connection',
  'refuse sso-connection',
  ...['scim-user', 'scim-group'].flatMap((subject) =>
    ['create', 'update', 'delete'].map((verb) => `${verb} ${subject}`),
  ),
];

test('all that can be written was written here', async () => {
  const known = Object.entries(AUDITED).flatMap(([subject, verbs]) => verbs.map((verb) => `${verb} ${subject}`));
  const seen = new Set((await written()).map(({ subject, verb }) => `${verb} ${subject}`));
  expect(known.filter((one) => !seen.has(one))).toEqual(BY_ITSELF);
});

test('no entry holds a secret, given or made', async () => {
  const all = (await written()).map(({ whole }) => whole).join('\n');
  expect(made).toHaveLength(5);
  for (const secret of ['canary', PASSWORD, ...made]) expect(all).not.toContain(secret);
});

test('a replaced secret is on record by its name alone', async () => {
  const { items } = await oak.admin(endpoints.listAudit, { query: { subjectType: ['channel'], verb: ['update'] } });
  const replaced = Object.fromEntries(items.map(({ change }) => [change['name'], change['replaced']]));
  expect(replaced).toMatchObject({
    Slack: ['url'],
    PagerDuty: ['routingKey'],
    Opsgenie: ['apiKey'],
    Desk: expect.arrayContaining(['url', 'credentials', 'headers']),
  });
});
