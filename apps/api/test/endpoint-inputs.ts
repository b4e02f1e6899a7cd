import { type EndpointId, endpoints, type PasskeyMade, type PasskeyShown, type RoleInput } from '@loopstart/contracts';
import type { TestOperator } from './app.ts';
import { Authenticator } from './authenticator.ts';
import { configurationInputs, plantConfiguration, type PlantedConfiguration } from './configuration-inputs.ts';
import { plantAnother, type Planted } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { plantConnection, plantProvisioningToken, singleSignOnInputs } from './single-sign-on-inputs.ts';
import { rowsOf } from './ingest.ts';
import { libraryInputs, plantLibrary, type PlantedLibrary } from './library-inputs.ts';
import { plantMember } from './people.ts';
import { asOwner } from './postgres.ts';
import { codeOf } from './totp.ts';

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const inDays = (days: number) => inHours(24 * days).slice(0, 10);

/** What of the alerting an operator has, by id. */
export interface PlantedAlerting {
  incidentId: string;
  channelId: string;
  deliveryId: string;
  policyId: string;
  scheduleId: string;
  overrideId: string;
  windowId: string;
  silenceId: string;
  settingId: string;
  roleId: string;
  streamId: string;
  userId: string;
  /** A member who can be changed and removed. */
  memberId: string;
  invitationId: string;
  /** Another person, who can be erased. */
  leaver: { userId: string; name: string };
  runId: string;
  /** An entry of the audit trail. */
  entryId: string;
  /** An API token. */
  tokenId: string;
  /** A connection to an identity provider. */
  connectionId: string;
  /** A token for its directory. */
  directoryTokenId: string;
  /** Another agent of the site. */
  otherAgentId: string;
  /** One that asks to come back, with the key RETURNING_KEY. */
  returningAgentId: string;
  /** Other gateways of the site: one is retired, the others are there to be retired, kept, replaced and merged. */
  spares: Record<'retired' | 'retire' | 'keep' | 'replace' | 'merge', string>;
  emptyCustomerId: string;
  emptySiteId: string;
  /** An operator without members. */
  memberlessOperatorId: string;
  configuration: PlantedConfiguration;
  /** What the provider publishes. */
  library: PlantedLibrary;
  /** Authenticator apps of the administrator: one that was begun, with its key, and one that counts; and a passkey to add. */
  apps: {
    begun: { id: string; key: string; now: () => number };
    id: string;
    sessionId: string;
    passkey: { made: PasskeyMade; shown: PasskeyShown };
  };
}

/** One of each thing of the alerting, at a place of the operator. */
export async function plantAlerting(
  ownerUrl: string,
  operator: TestOperator,
  place: Planted,
): Promise<PlantedAlerting> {
  const { admin } = operator;
  const { incidentId } = await plantIncident(ownerUrl, place, new Date());
  const { items: people } = await admin(endpoints.listPeople);
  const userId = people[0]!.id;
  const { channel } = await admin(endpoints.createChannel, { body: channelBody('Hook') });
  const [delivery] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into delivery (operator_id, message_id, channel_id, ordering_key, seq, state)
     select operator_id, id, $1, 'x', seq, 'delivered' from outbox_message where incident_id = $2 returning id`,
    [channel.id, incidentId],
  );
  const { stream } = await admin(endpoints.createAuditStream, { body: streamBody('SIEM') });
  await admin(endpoints.setAuditStreamState, { params: { streamId: stream.id }, body: { paused: true } });
  const role = await admin(endpoints.createRole, { body: roleBody('Nights') });
  const policy = await admin(endpoints.createPolicy, { body: policyBody('Lifts', channel.id) });
  const schedule = await admin(endpoints.createSchedule, { body: scheduleBody('Nights', userId) });
  const { overrides } = await admin(endpoints.createScheduleOverride, {
    params: { scheduleId: schedule.id },
    body: overrideBody(userId),
  });
  const window = await admin(endpoints.createMaintenance, { body: maintenanceBody(place.siteId) });
  const silence = await admin(endpoints.createSilence, { body: silenceBody(place.siteId) });
  const { settings } = await admin(endpoints.setThreshold, { body: thresholdBody(place.siteId) });
  const [other] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into agent (operator_id, site_id, hostname, version, certificate_expires_at)
     select operator_id, site_id, 'box-2', version, certificate_expires_at from agent where id = $1 returning id`,
    [place.agentId],
  );
  const run = await admin(endpoints.startRunbook, {
    params: { gatewayId: place.gatewayId, position: 1 },
    body: runbookBody(),
  });
  const { token } = await admin(endpoints.createToken, { body: tokenBody() });
  const { userId: memberId } = await asOwner(ownerUrl, (sql) =>
    plantMember(sql, {
      operatorId: place.operatorId,
      email: `leaver-${place.operatorId}@example.com`,
      name: 'Lee Leaver',
      role: 'technician',
      passwordHash: null,
    }),
  );
  const { invitation } = await admin(endpoints.createInvitation, {
    body: { email: `first-${place.operatorId}@example.com`, role: 'technician' },
  });
  const empty = await plantEmpty(ownerUrl, place);
  const entry = (await admin(endpoints.listAudit, { query: { limit: 1 } })).items[0];
  const connectionId = await plantConnection(ownerUrl, admin, memberId);
  return {
    entryId: entry!.id,
    tokenId: token.id,
    connectionId,
    directoryTokenId: await plantProvisioningToken(admin, connectionId),
    otherAgentId: other!.id,
    returningAgentId: await plantReturn(ownerUrl, place),
    incidentId,
    channelId: channel.id,
    deliveryId: delivery!.id,
    policyId: policy.id,
    roleId: role.id,
    streamId: stream.id,
    scheduleId: schedule.id,
    overrideId: overrides[0]!.id,
    windowId: window.id,
    silenceId: silence.id,
    settingId: settings[0]!.id,
    userId,
    memberId,
    invitationId: invitation.id,
    leaver: await plantLeaver(ownerUrl, place.operatorId),
    runId: run.id,
    spares: await plantSpares(ownerUrl, place),
    ...empty,
    configuration: await plantConfiguration(ownerUrl, operator, place),
    library: await plantLibrary(ownerUrl, place.operatorId, empty.memberlessOperatorId),
    apps: await plantApps(ownerUrl, operator),
  };
}

async function plantApps(ownerUrl: string, { admin, now }: TestOperator): Promise<PlantedAlerting['apps']> {
  const app = await admin(endpoints.beginTotp, { body: { name: 'Old phone' } });
  await admin(endpoints.confirmTotp, { params: { factorId: app.id }, body: { code: codeOf(app.key, now()) } });
  const begun = await admin(endpoints.beginTotp, { body: { name: 'Phone' } });
  const { id: userId } = await admin(endpoints.getSession);
  const [session] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into session (token_hash, operator_id, user_id, account_id, expires_at, methods)
     select sha256(id::text::bytea), operator_id, id, account_id, now() + interval '1 hour', '{password}' from app_user where id = $1 returning id`,
    [userId],
  );
  // A challenge lasts five minutes, and a walk of all endpoints longer.
  const options = await admin(endpoints.beginPasskey);
  await rowsOf(ownerUrl, `update passkey_challenge set expires_at = expires_at + interval '1 day' returning 1`);
  const device = new Authenticator();
  const { challenge, timeout, rp } = options;
  const asked = { challenge, timeout, rpId: rp.id, userVerification: 'required' as const, allowCredentials: [] };
  const passkey = { made: device.make(options), shown: device.show(asked) };
  return { begun: { ...begun, now }, id: app.id, sessionId: session!.id, passkey };
}

const RETURNING_KEY = 'a'.repeat(64);

async function plantReturn(ownerUrl: string, { agentId }: Planted): Promise<string> {
  const [asks] = await rowsOf<{ id: string }>(
    ownerUrl,
    `with box as (
       insert into agent (operator_id, site_id, hostname, version, certificate_expires_at)
       select operator_id, site_id, 'box-3', version, now() - interval '40 days' from agent where id = $1 returning id, operator_id)
     insert into agent_return (agent_id, operator_id, key_sha256, reason, address, hostname, version, expired_at, first_asked_at, last_asked_at)
     select id, operator_id, $2, 'away-too-long', '192.0.2.7', 'box-3', '0.1.0', now() - interval '40 days', now(), now() from box
     returning agent_id as id`,
    [agentId, RETURNING_KEY],
  );
  return asks!.id;
}

async function plantLeaver(ownerUrl: string, operatorId: string) {
  const name = 'Leaver';
  const email = `leaver-${crypto.randomUUID()}@example.com`;
  const { userId } = await asOwner(ownerUrl, (sql) =>
    plantMember(sql, { operatorId, email, name, role: 'technician', passwordHash: null }),
  );
  return { userId, name };
}

async function plantSpares(ownerUrl: string, place: Planted): Promise<PlantedAlerting['spares']> {
  const spare = async () => (await plantAnother(ownerUrl, place)).gatewayId;
  const retired = await spare();
  await rowsOf(ownerUrl, `update gateway set retired_at = now(), retired_because = 'retired' where id = $1`, [retired]);
  return { retired, retire: await spare(), keep: await spare(), replace: await spare(), merge: await spare() };
}

/** A customer without sites, and a site without agents and gateways. */
async function plantEmpty(ownerUrl: string, { operatorId, customerId }: Planted) {
  const [customer] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into customer (operator_id, name) values ($1, 'Empty customer') returning id`,
    [operatorId],
  );
  const [site] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into site (operator_id, customer_id, name, time_zone) values ($1, $2, 'Empty site', 'UTC') returning id`,
    [operatorId, customerId],
  );
  const [operator] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into operator (name) values ('Memberless') returning id`,
  );
  return { emptyCustomerId: customer!.id, emptySiteId: site!.id, memberlessOperatorId: operator!.id };
}

/** What a call of each endpoint needs to get past validation. */
export function inputs(ids: Planted & PlantedAlerting & { actionId: string }) {
  const gateway = { gatewayId: ids.gatewayId };
  const port = { ...gateway, position: 1 };
  const nothing = {};
  return {
    signIn: { body: { email: 'nobody@example.com', password: 'wrong password' } },
    getSession: nothing,
    changePassword: {
      body: { currentPassword: 'correct horse battery', newPassword: 'correct horse battery staple' },
    },
    signOut: nothing,
    ...peopleInputs(ids),
    ...providerInputs(ids.memberlessOperatorId),
    ...libraryInputs(ids),
    ...configurationInputs(ids.configuration),
    getUsage: nothing,
    exportOperator: nothing,
    getOperatorDeletion: nothing,
    // As updateOrganisation, which stands before it in the table, names it.
    requestOperatorDeletion: { body: { name: 'Northline Voice' } },
    withdrawOperatorDeletion: nothing,
    getOverview: nothing,
    ...roleInputs(ids.roleId),
    ...streamInputs(ids.streamId),
    listCustomers: nothing,
    getCustomerFacet: { query: { facet: 'worst' } },
    exportCustomers: nothing,
    createCustomer: { body: { name: 'Another' } },
    getCustomer: { params: { customerId: ids.customerId } },
    updateCustomer: { params: { customerId: ids.customerId }, body: { notes: 'seen' } },
    listSites: nothing,
    getSiteFacet: { query: { facet: 'contact' } },
    exportSites: nothing,
    createSite: { body: { customerId: ids.customerId, name: 'Annex', timeZone: 'UTC' } },
    getSite: { params: { siteId: ids.siteId } },
    updateSite: { params: { siteId: ids.siteId }, body: { address: 'Quay 1' } },
    setSiteTags: { params: { siteId: ids.siteId }, body: { tags: ['north'] } },
    getSiteTagEffects: { params: { siteId: ids.siteId }, query: { tag: 'north' } },
    listAgents: nothing,
    getAgentFacet: { query: { facet: 'version' } },
    exportAgents: nothing,
    getAgent: { params: { agentId: ids.agentId } },
    getAgentTargets: { params: { agentId: ids.agentId } },
    putAgentTargets: { params: { agentId: ids.agentId }, body: { targets: [] } },
    revokeAgent: { params: { agentId: ids.agentId } },
    settleIdentityConflict: { params: { agentId: ids.agentId } },
    handOverGateways: { params: { agentId: ids.agentId }, body: { toAgentId: ids.otherAgentId } },
    createEnrolmentToken: { params: { siteId: ids.siteId } },
    createReplacementToken: { params: { agentId: ids.agentId } },
    challengeAgentReturn: nothing,
    returnAgent: {
      body: {
        challenge: 'x',
        certificatePem: 'x'.repeat(200),
        csrPem: 'x'.repeat(200),
        signature: 'eHg=',
        hostname: 'box',
        version: '0.1.0',
      },
    },
    listAgentReturns: nothing,
    decideAgentReturn: {
      params: { agentId: ids.returningAgentId },
      body: { keySha256: RETURNING_KEY, approve: true },
    },
    enrolAgent: {
      body: { token: 'x'.repeat(43), csrPem: 'x'.repeat(200), hostname: 'box', version: '0.1.0' },
    },
    listGateways: nothing,
    getGatewayFacet: { query: { facet: 'vendor' } },
    exportGateways: nothing,
    getGateway: { params: gateway },
    updateGateway: { params: gateway, body: { name: 'Reception' } },
    ...lifecycleInputs(ids),
    getGatewaySeries: { params: gateway },
    listPorts: nothing,
    getPortFacet: { query: { facet: 'vendor' } },
    exportPorts: nothing,
    getPort: { params: port },
    updatePort: { params: port, body: { label: 'Lobby' } },
    getPortHistory: { params: port },
    getPortSeries: { params: port },
    getGatewayActions: { params: { gatewayId: ids.gatewayId } },
    getPortActions: { params: port },
    listEvents: nothing,
    getEventFacet: { query: { facet: 'kind' } },
    exportEvents: nothing,
    listCalls: nothing,
    getCallFacet: { query: { facet: 'progress' } },
    exportCalls: nothing,
    getCallCoverage: nothing,
    createAction: { params: gateway, body: { type: 'poll-now', idempotencyKey: crypto.randomUUID() } },
    listActions: nothing,
    getAction: { params: { actionId: ids.actionId } },
    cancelAction: { params: { actionId: ids.actionId } },
    listDrivers: nothing,
    ...incidentInputs(ids),
    ...channelInputs(ids),
    ...policyInputs(ids),
    ...hushInputs(ids),
    startRunbook: { params: port, body: runbookBody() },
    getRunbook: { params: { runId: ids.runId } },
    listRunbooks: nothing,
    listAudit: nothing,
    getAuditFacet: { query: { facet: 'verb' } },
    exportAudit: nothing,
    getAuditVerification: nothing,
    getAuditRetention: nothing,
    setAuditRetention: { body: { months: 36 } },
    exportAuditFile: nothing,
    exportPersonalData: { params: { userId: ids.leaver.userId } },
    erasePerson: { params: { userId: ids.leaver.userId }, body: { name: ids.leaver.name } },
    getAuditKeys: nothing,
    getAuditEntry: { params: { entryId: ids.entryId } },
    listTokens: nothing,
    createToken: { body: tokenBody() },
    takeOverToken: { params: { tokenId: ids.tokenId } },
    revokeToken: { params: { tokenId: ids.tokenId } },
    ...singleSignOnInputs(ids),
  } satisfies Record<EndpointId, object>;
}

function lifecycleInputs({ gatewayId, spares, emptyCustomerId, emptySiteId }: Planted & PlantedAlerting) {
  const of = (id: string) => ({ params: { gatewayId: id } });
  return {
    retireGateway: { ...of(spares.retire), body: { note: 'Scrapped' } },
    restoreGateway: of(spares.retired),
    keepGateway: of(spares.keep),
    replaceGateway: { ...of(spares.replace), body: { byGatewayId: gatewayId } },
    mergeGateway: { ...of(spares.merge), body: { intoGatewayId: gatewayId } },
    deleteCustomer: { params: { customerId: emptyCustomerId } },
    deleteSite: { params: { siteId: emptySiteId } },
  };
}

/** About an operator that nobody works in: a suspended one would end the walk. */
function providerInputs(operatorId: string) {
  const params = { operatorId };
  return {
    listProviderOperators: {},
    createOperator: { body: { name: `Another ${operatorId}`, ownerEmail: `owner-${operatorId}@example.com` } },
    inviteFirstOwner: { params, body: { ownerEmail: `first-${operatorId}@example.com` } },
    setQuotas: { params, body: { ports: 100, agents: 5, storageBytes: null } },
    suspendOperator: { params, body: { reason: 'Not paid' } },
    resumeOperator: { params },
    requestDeletionOfOperator: { params, body: { name: 'Memberless', lines: 0 } },
    withdrawDeletionOfOperator: { params },
    getProviderTrail: {},
  };
}

const policy = {
  requiredFor: 'nobody' as const,
  roles: [],
  ssoCounts: true,
  accepts: ['totp' as const, 'passkey' as const],
  idleMinutes: 60,
  sessionHours: 12,
  networks: ['127.0.0.0/8', '::1'],
  roleNetworks: [],
};

function peopleInputs({ operatorId, memberId, invitationId, apps }: Planted & PlantedAlerting) {
  const member = { params: { userId: memberId } };
  const invitation = { params: { invitationId } };
  const nothing = {};
  const token = 'x'.repeat(43);
  return {
    listMembers: nothing,
    getMemberFacet: { query: { facet: 'role' } },
    exportMembers: nothing,
    getMemberTies: member,
    changeMemberRole: { ...member, body: { role: 'read-only' as const } },
    removeMember: member,
    restoreMember: member,
    listInvitations: nothing,
    createInvitation: { body: { email: `second-${operatorId.slice(0, 8)}@example.com`, role: 'read-only' as const } },
    resendInvitation: invitation,
    withdrawInvitation: invitation,
    readInvitation: { body: { token } },
    acceptInvitation: { body: { token, name: 'New', password: 'correct horse battery staple' } },
    joinByInvitation: { body: { token, password: 'correct horse battery staple' } },
    updateProfile: { body: { timeZone: 'Europe/London' } },
    // As changePassword has left it.
    changeEmail: {
      body: { email: `moved-${operatorId}@example.com`, currentPassword: 'correct horse battery staple' },
    },
    confirmEmail: { body: { token } },
    listOwnOperators: nothing,
    switchOperator: { body: { operatorId } },
    endMemberSessions: member,
    resetMemberFactors: member,
    unlinkMember: member,
    listOwnSessions: nothing,
    endOwnSession: { params: { sessionId: apps.sessionId } },
    endOtherSessions: nothing,
    proveAgain: { body: { by: 'password' as const, password: 'correct horse battery staple' } },
    getSignInPolicy: nothing,
    putSignInPolicy: { body: policy },
    listOwnFactors: nothing,
    beginTotp: { body: { name: 'Another phone' } },
    // A code is of its time.
    confirmTotp: {
      params: { factorId: apps.begun.id },
      body: {
        get code() {
          return codeOf(apps.begun.key, apps.begun.now());
        },
      },
    },
    beginPasskey: nothing,
    addPasskey: { body: { name: 'Laptop', credential: apps.passkey.made } },
    beginPasskeyProof: nothing,
    beginPasskeyStep: nothing,
    beginPasskeySignIn: nothing,
    signInByPasskey: { body: { credential: apps.passkey.shown } },
    renameOwnFactor: { params: { factorId: apps.id }, body: { name: 'Spare phone' } },
    removeOwnFactor: { params: { factorId: apps.id } },
    renewRecoveryCodes: nothing,
    getSecondStep: nothing,
    takeSecondStep: { body: { step: 'totp' as const, code: '000000' } },
    askReset: { body: { email: 'nobody@example.com' } },
    readReset: { body: { token } },
    useReset: { body: { token, newPassword: 'correct horse battery staple' } },
    getEntry: nothing,
    setUp: {
      body: {
        code: '0000-0000-0000-0000',
        operator: 'Another',
        name: 'Eve',
        email: 'eve@example.com',
        password: 'correct horse battery staple',
      },
    },
    estimatePassword: { body: { password: 'correct horse battery staple' } },
    listMailbox: nothing,
  };
}

function incidentInputs({ incidentId, userId }: PlantedAlerting) {
  const params = { incidentId };
  const nothing = {};
  return {
    listAlerts: nothing,
    getAlertFacet: { query: { facet: 'kind' } },
    exportAlerts: nothing,
    listIncidents: nothing,
    getIncidentFacet: { query: { facet: 'kind' } },
    exportIncidents: nothing,
    getIncidentCounts: nothing,
    getIncident: { params },
    acknowledgeIncident: { params, body: { comment: 'On it' } },
    withdrawAcknowledgement: { params },
    assignIncident: { params, body: { userId } },
    snoozeIncident: { params, body: { until: inHours(1) } },
    commentIncident: { params, body: { text: 'Called the site' } },
    acknowledgeIncidents: { body: { ids: [incidentId] } },
    listPeople: nothing,
    getHeartbeat: nothing,
    putHeartbeat: { body: { url: null } },
  };
}

function channelInputs({ channelId, deliveryId }: PlantedAlerting) {
  const params = { channelId };
  return {
    listChannels: {},
    createChannel: { body: channelBody('Another hook') },
    getChannel: { params },
    updateChannel: { params, body: channelBody('Hook') },
    setChannelState: { params, body: { enabled: true } },
    deleteChannel: { params },
    rotateChannelKey: { params, body: { overlapHours: 1 } },
    testChannel: { params },
    listDeliveries: {},
    getDeliveryFacet: { query: { facet: 'state' } },
    exportDeliveries: {},
    getDelivery: { params: { deliveryId } },
    replayDelivery: { params: { deliveryId } },
    replayDeliveries: { params, body: { which: 'failed' as const } },
  };
}

function policyInputs(ids: PlantedAlerting & Planted) {
  const { policyId, channelId, scheduleId, overrideId, userId, siteId } = ids;
  const params = { policyId };
  const schedule = { scheduleId };
  return {
    listPolicies: {},
    createPolicy: {
      body: {
        name: 'Another',
        match: { siteIds: [siteId] },
        steps: [{ waitMinutes: 0, targets: [{ type: 'all-channels' as const }] }],
      },
    },
    getPolicy: { params },
    updatePolicy: { params, body: policyBody('Lifts', channelId) },
    orderPolicies: { body: { ids: [policyId] } },
    deletePolicy: { params },
    listSchedules: {},
    createSchedule: { body: scheduleBody('Days', userId) },
    updateSchedule: { params: schedule, body: scheduleBody('Nights', userId) },
    deleteSchedule: { params: schedule },
    getShifts: { params: schedule, query: { from: inHours(0), to: inHours(48) } },
    createScheduleOverride: { params: schedule, body: overrideBody(userId) },
    deleteScheduleOverride: { params: { ...schedule, overrideId } },
  };
}

/** Nobody listens there, and the installation must allow the address. */
export const streamBody = (name: string) => ({ kind: 'syslog' as const, name, host: '127.0.0.1', port: 9 });

const streamInputs = (streamId: string) => ({
  listAuditStreams: {},
  createAuditStream: { body: streamBody('Another') },
  updateAuditStream: { params: { streamId }, body: streamBody('Renamed') },
  setAuditStreamState: { params: { streamId }, body: { paused: false } },
  testAuditStream: { params: { streamId } },
  deleteAuditStream: { params: { streamId } },
});

const roleInputs = (roleId: string) => ({
  listRoles: {},
  getOrganisation: {},
  updateOrganisation: { body: { name: 'Northline Voice' } },
  createRole: { body: roleBody('Day shift') },
  updateRole: { params: { roleId }, body: roleBody('Nights and weekends') },
  deleteRole: { params: { roleId } },
});

/** A role of the operator's own. */
const roleBody = (title: string): RoleInput => ({
  title,
  permissions: ['gateways.read', 'incidents.read'],
  maxLinesAtOnce: 10,
});

function hushInputs({ windowId, silenceId, settingId, siteId }: PlantedAlerting & Planted) {
  return {
    listMaintenance: {},
    getMaintenanceFacet: { query: { facet: 'state' } },
    exportMaintenance: {},
    getMaintenanceCalendar: { query: { from: inHours(0), to: inHours(48) } },
    createMaintenance: { body: maintenanceBody(siteId) },
    updateMaintenance: { params: { windowId }, body: maintenanceBody(siteId) },
    endMaintenance: { params: { windowId }, body: {} },
    listSilences: {},
    getSilenceFacet: { query: { facet: 'state' } },
    exportSilences: {},
    createSilence: { body: silenceBody(siteId) },
    endSilence: { params: { silenceId } },
    listConditions: {},
    getEffectiveThresholds: {},
    setThreshold: { body: thresholdBody(siteId) },
    resetThreshold: { params: { settingId } },
  };
}

const channelBody = (name: string) => ({ kind: 'webhook' as const, name, url: 'https://hooks.example.com/loopstart' });
const policyBody = (name: string, channelId: string) => ({
  name,
  steps: [{ waitMinutes: 0, targets: [{ type: 'channel' as const, channelId }] }],
});
const scheduleBody = (name: string, userId: string) => ({
  name,
  timeZone: 'Europe/London',
  layers: [{ name: 'First', userIds: [userId], startsOn: inDays(-7), handOverAt: '09:00', turn: 'week' as const }],
});
const overrideBody = (userId: string) => ({ userId, startsAt: inHours(1), endsAt: inHours(2) });
export const maintenanceBody = (scopeId: string) => ({
  title: 'Switch replaced',
  reason: 'Agreed with the site',
  scope: 'site' as const,
  scopeId,
  timeZone: 'Europe/London',
  startsOn: inDays(2),
  startsAt: '22:00',
  durationMinutes: 60,
});
export const silenceBody = (siteId: string) => ({ matcher: { siteId }, reason: 'Known', endsAt: inHours(1) });
const thresholdBody = (scopeId: string) => ({
  kind: 'agent-silent' as const,
  scope: 'site' as const,
  scopeId,
  parameters: { raiseAfterS: 60 },
  reason: 'Slow line',
});
const runbookBody = () => ({
  symptom: 'no-dial-tone' as const,
  lineTest: false,
  idempotencyKey: crypto.randomUUID(),
});
const tokenBody = () => ({ name: 'Reports', rights: { role: 'read-only' as const } });
