import { endpoints } from '@loopstart/contracts';
import { codeOf } from '../../../apps/api/test/totp.ts';
import { until } from '../stack.ts';
import type { Canaries } from './canaries.ts';
import type { Visitor } from './visitor.ts';

const EACH = 5;
const MAIL_MS = 60_000;
const times = Array.from({ length: EACH }, (_, index) => index);

export interface Installation {
  canaries: Canaries;
  owner: Visitor;
  /** Makes somebody without a session. */
  stranger(): Visitor;
  /** Origin of the receiver. */
  receiver: string;
  mails: readonly string[];
  agentId: string;
  siteId: string;
}

/** Gives and makes secrets where they belong, as people and programs do. Returns somebody who only reads. */
export async function useRightPlaces(at: Installation): Promise<Visitor> {
  await agentSecrets(at);
  await channels(at);
  await configuration(at);
  await singleSignOn(at);
  await programs(at);
  return people(at);
}

/** Access of gateways that nobody answers for, and tokens of agents. */
async function agentSecrets({ canaries, owner, agentId, siteId }: Installation): Promise<void> {
  const v2c = () => ({
    version: 'v2c' as const,
    community: canaries.mint('SNMP community'),
    writeCommunity: canaries.mint('SNMP write community'),
  });
  const v3 = () => ({
    version: 'v3' as const,
    user: 'reader',
    level: 'authPriv' as const,
    authProtocol: 'sha256' as const,
    authPassphrase: canaries.mint('SNMP authentication passphrase'),
    privProtocol: 'aes128' as const,
    privPassphrase: canaries.mint('SNMP privacy passphrase'),
  });
  const targets = times.flatMap((index) =>
    [v2c(), v3()].map((access) => ({
      id: `${access.version}-${index}`,
      address: `127.0.79.${index + 1}`,
      port: 161,
      access,
      pollIntervalMs: null,
    })),
  );
  await owner.call(endpoints.putAgentTargets, { params: { agentId }, body: { targets, trapPort: 0 } });
  for (let made = 0; made < EACH; made += 1) {
    const { token } = await owner.once(endpoints.createEnrolmentToken, { params: { siteId } });
    canaries.add('enrolment token', token);
  }
  canaries.add('enrolment token', (await owner.once(endpoints.createReplacementToken, { params: { agentId } })).token);
}

/** Channels of every kind with a secret, the heartbeat and a stream; their receivers fail and repeat what they got. */
async function channels({ canaries, owner, receiver }: Installation): Promise<void> {
  const url = (kind: string) =>
    `${receiver}/${canaries.mint(`address of ${kind}`)}?key=${canaries.mint(`address of ${kind}`)}`;
  const ticket = { idPath: 'id', openBody: '{}', updateBody: '{}', closeBody: '{}', updateMethod: 'PATCH' } as const;
  for (const index of times) {
    const bodies = [
      { kind: 'webhook', name: `Webhook ${index}`, url: url('a webhook'), filters: {}, signing: 'v1' },
      { kind: 'slack', name: `Slack ${index}`, url: url('Slack') },
      { kind: 'teams', name: `Teams ${index}`, url: url('Teams') },
      {
        kind: 'pagerduty',
        name: `PagerDuty ${index}`,
        region: 'eu',
        routingKey: canaries.mint('PagerDuty key'),
        url: `${receiver}/pagerduty`,
      },
      {
        kind: 'opsgenie',
        name: `Opsgenie ${index}`,
        region: 'us',
        apiKey: canaries.mint('Opsgenie key'),
        url: `${receiver}/opsgenie`,
      },
      {
        kind: 'ticket',
        name: `Desk ${index}`,
        url: url('a ticket system'),
        credentials: `Bearer ${canaries.mint('ticket credentials')}`,
        headers: { 'x-key': canaries.mint('header of a ticket system') },
        ...ticket,
      },
    ] as const;
    for (const body of bodies) {
      const { channel, signingSecret } = await owner.once(endpoints.createChannel, { body });
      if (signingSecret !== null) canaries.add('signing secret of a webhook', signingSecret);
      const params = { channelId: channel.id };
      if (body.kind === 'webhook') {
        const rotated = await owner.once(endpoints.rotateChannelKey, { params, body: { overlapHours: 1 } });
        canaries.add('signing secret of a webhook', rotated.signingSecret!);
      }
      await owner.call(endpoints.testChannel, { params });
    }
  }
  await owner.call(endpoints.createChannel, { body: { kind: 'email', name: 'Mail', to: ['desk@example.com'] } });
  await owner.call(endpoints.putHeartbeat, { body: { url: url('the heartbeat'), everyS: 30 } });
  for (const path of ['takes', 'refuses']) {
    const body = {
      kind: 'webhook' as const,
      name: `SIEM ${path}`,
      from: 'start' as const,
      url: `${receiver}/${path}/${canaries.mint('address of an audit stream')}`,
    };
    const { stream, signingSecret } = await owner.once(endpoints.createAuditStream, { body });
    canaries.add('signing secret of an audit stream', signingSecret!);
    await owner.call(endpoints.testAuditStream, { params: { streamId: stream.id } });
  }
}

/** Secrets among the settings of gateways, in a draft that is published. */
async function configuration({ canaries, owner }: Installation): Promise<void> {
  const { id: draftId } = await owner.once(endpoints.createConfigDraft, { body: { name: 'Secrets' } });
  const names = ['port.password', 'gateway.snmpCommunity', 'gateway.adminPassword'];
  const edits = names.map((name) => ({
    place: { layer: 'operator' as const },
    name,
    action: 'set' as const,
    value: canaries.mint(`setting ${name}`),
    sees: null,
  }));
  await owner.once(endpoints.editConfigDraft, { params: { draftId }, body: { edits } });
  await owner.once(endpoints.publishConfigDraft, { params: { draftId }, body: { reason: 'Secrets are published' } });
}

/** Connections to a provider that fails and repeats the secret, with a sign-in that ends there. */
async function singleSignOn({ canaries, owner, receiver, stranger }: Installation): Promise<void> {
  for (const index of times) {
    const body = {
      name: `Provider ${index}`,
      issuer: `${receiver}/idp`,
      clientId: `loopstart-${index}`,
      clientSecret: canaries.mint('client secret of single sign-on'),
      domains: [`oak-${index}.example`],
    };
    const connection = await owner.call(endpoints.createSsoConnection, { body });
    const params = { connectionId: connection.id };
    await owner.call(endpoints.testSsoConnection, { params });
    const directory = await owner.once(endpoints.createProvisioningToken, {
      params,
      body: { name: `Directory ${index}` },
    });
    canaries.add('token of provisioning', directory.secret);
    await stranger().ask('/scim/v2/Users', { headers: { authorization: `Bearer ${directory.secret}` } });
    const visitor = stranger();
    const { url } = await visitor.once(endpoints.beginSignOn, { body: params });
    for (const value of visitor.cookieValues) canaries.add('cookie of a single sign-on', value);
    const state = new URL(url).searchParams.get('state') ?? '';
    const code = canaries.mint('code of an identity provider');
    const back = new URL(connection.redirectUri);
    await visitor.ask(`${back.pathname}?${new URLSearchParams({ code, state, iss: body.issuer })}`);
  }
}

/** Tokens, OAuth clients and what they get. */
async function programs({ canaries, owner, stranger }: Installation): Promise<void> {
  for (const index of times) {
    const rights = { role: 'read-only' as const };
    const token = await owner.once(endpoints.createToken, { body: { name: `Token ${index}`, rights } });
    canaries.add('API token', token.secret);
    await stranger()
      .call(endpoints.listSites)
      .catch(() => undefined);
    await stranger().ask('/api/v1/sites', { headers: { authorization: `Bearer ${token.secret}` } });
    const client = await owner.once(endpoints.createToken, {
      body: { kind: 'oauth-client', name: `Client ${index}`, rights },
    });
    canaries.add('secret of an OAuth client', client.secret);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.token.id,
      client_secret: client.secret,
    });
    const answer = await stranger().ask('/oauth/token', { method: 'POST', body: form }, false);
    canaries.add('OAuth access token', ((await answer.json()) as { access_token: string }).access_token);
  }
}

/** People who are invited, choose passwords, add second factors, and forget passwords. */
async function people({ canaries, owner, mails, stranger }: Installation): Promise<Visitor> {
  let readOnly = stranger();
  const linkTo = (email: string, page: string) =>
    until(`a mail with a link for ${email}`, MAIL_MS, async () => {
      const mail = mails.find((one) => one.includes(`To: ${email}`) && one.includes(`/${page}#`));
      return mail === undefined ? undefined : new RegExp(`/${page}#([\\w-]{43})`, 'u').exec(mail)?.[1];
    });
  for (const index of times) {
    const email = `person-${index}@oak.example.com`;
    await owner.call(endpoints.createInvitation, { body: { email, role: 'read-only' } });
    const token = canaries.add('link of an invitation', await linkTo(email, 'invitation'));
    if (index > 1) continue;
    const person = stranger();
    const password = canaries.mint('password');
    await person.once(endpoints.acceptInvitation, { body: { token, name: `Person ${index}`, password } });
    for (const value of person.cookieValues) canaries.add('session token', value);
    const app = await person.once(endpoints.beginTotp, { body: { name: 'Phone' } });
    canaries.add('key of an authenticator app', app.key.replaceAll(' ', ''));
    const shown = { params: { factorId: app.id }, body: { code: codeOf(app.key.replaceAll(' ', '')) } };
    const { recoveryCodes } = await person.once(endpoints.confirmTotp, shown);
    for (const code of recoveryCodes ?? []) canaries.add('recovery code', code);
    canaries.add('challenge of a passkey', (await person.once(endpoints.beginPasskey)).challenge);
    const alone = stranger();
    canaries.add('challenge of a passkey', (await alone.once(endpoints.beginPasskeySignIn)).challenge);
    for (const value of alone.cookieValues) canaries.add('cookie of a sign-in by passkey', value);
    const waiting = stranger();
    await waiting.once(endpoints.signIn, { body: { email, password } }).catch(() => undefined);
    for (const value of waiting.cookieValues) canaries.add('cookie of a sign-in that waits', value);
    const code = canaries.mint('wrong recovery code');
    await waiting.call(endpoints.takeSecondStep, { body: { step: 'recovery-code', code } }).catch(() => undefined);
    const step = { step: 'recovery-code' as const, code: recoveryCodes![0]! };
    if (index === 1) {
      await waiting.once(endpoints.takeSecondStep, { body: step });
      readOnly = waiting;
    }
    await stranger().call(endpoints.askReset, { body: { email } });
    canaries.add('link for a new password', await linkTo(email, 'reset'));
  }
  return readOnly;
}
