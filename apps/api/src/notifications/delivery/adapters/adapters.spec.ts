import { type AddressInfo } from 'node:net';
import type { WebhookPayload } from '@loopstart/contracts';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { incidentData, incidentPayload, type IncidentType } from '../../../../test/outbound/messages.ts';
import { type Received, Sink } from '../../../../test/outbound/sink.ts';
import { readConfig } from '../../../core/config.ts';
import type { ChannelSettings } from '../channel-settings.ts';
import { parseAllow } from '../../../core/egress/address-rules.ts';
import { GuardedHttp } from '../../../core/egress/guarded-http.ts';
import { Mailer } from '../../../core/mail/mailer.ts';
import type { Sending, Sent } from './adapter.ts';
import { Senders } from './senders.ts';

const OPERATOR = '3c3f8c52-6a0e-4f7e-9d70-1c8f6f1b2a55';
const CHANNEL = { id: '4d4f8c52-6a0e-4f7e-9d70-1c8f6f1b2a66', name: 'Desk', keys: [] };

let sink: Sink;
let senders: Senders;
let mailer: Mailer;
let smtp: SMTPServer;
let mails: { to: string[]; text: string }[];
/** The mail server's answer to a recipient. */
let refusal: Error | null = null;

beforeAll(async () => {
  sink = await Sink.start();
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(address === 'gone@example.com' ? new Error('no such user') : refusal),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          // Long headers are folded (RFC 5322, section 2.2.3), long lines broken (RFC 2045, section 6.7).
          text: Buffer.concat(chunks)
            .toString('utf8')
            .replace(/\r\n[ \t]+/g, ' ')
            .replace(/=\r\n/g, ''),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const config = readConfig({
    DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
    DATABASE_APP_URL: 'postgresql://nobody@127.0.0.1/none',
    LOOPSTART_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    PUBLIC_URL: 'https://loopstart.example.com',
    SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    SMTP_FROM: 'Loopstart <alerts@example.com>',
  });
  mailer = new Mailer(config);
  senders = new Senders(
    new GuardedHttp({ allow: parseAllow('127.0.0.1'), ports: [443] }, async (host) => [host]),
    mailer,
    config,
  );
});
afterAll(async () => {
  mailer.onApplicationShutdown();
  await sink.stop();
  await new Promise<void>((resolve) => smtp.close(resolve));
});
beforeEach(() => {
  mails = [];
  refusal = null;
  sink.received.length = 0;
  sink.answer = () => ({ status: 200, body: 'ok' });
});

function send(settings: ChannelSettings, payload: WebhookPayload, more: Partial<Sending> = {}): Promise<Sent> {
  const sending = { webhookId: 'msg_1', payload, recipient: null, externalId: null, now: 0, ...more };
  return senders.send({ ...CHANNEL, settings }, sending);
}
const incident = (type: IncidentType, more: Parameters<typeof incidentPayload>[2] = {}) =>
  incidentPayload(type, OPERATOR, more);
const bodyOf = (request: Received | undefined) => JSON.parse(request!.body) as Record<string, never>;
const TEST: WebhookPayload = {
  type: 'endpoint.test',
  timestamp: '2026-11-23T12:00:00.000Z',
  data: { version: 1, channel: { id: CHANNEL.id, name: 'Desk' }, sentBy: 'Anna', text: 'This is a test.' },
};
const DIGEST: WebhookPayload = {
  type: 'digest',
  timestamp: '2026-11-23T12:00:00.000Z',
  data: {
    version: 1,
    from: '2026-11-22T12:00:00.000Z',
    to: '2026-11-23T12:00:00.000Z',
    total: 1,
    incidents: [incidentData(OPERATOR)],
  },
};

describe('Slack', () => {
  const slack = (): ChannelSettings => ({ kind: 'slack', url: sink.url('/services/x') });

  test('gets blocks and a plain text, its three characters escaped', async () => {
    expect(await send(slack(), incident('incident.raised', { title: 'Line <1> & 2 down' }))).toMatchObject({
      outcome: 'delivered',
      status: 200,
    });
    const message = bodyOf(sink.received[0]) as unknown as {
      text: string;
      blocks: { type: string; text?: { text: string } }[];
    };
    expect(message.text).toBe('[major] #7 Line &lt;1&gt; &amp; 2 down');
    expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'actions']);
    expect(message.blocks[1]!.text!.text).toContain('First step: Check its power');
    expect(JSON.stringify(message)).toContain('Alpha, North House, Harbour &amp; Sons');
  });

  test('never gets more than its limits', async () => {
    await send(slack(), incident('incident.raised', { title: 'x'.repeat(900), why: 'y'.repeat(5_000) }));
    const { blocks } = bodyOf(sink.received[0]) as unknown as { blocks: { text: { text: string } }[] };
    expect(blocks[0]!.text.text.length).toBeLessThanOrEqual(150);
    expect(blocks[1]!.text.text.length).toBeLessThanOrEqual(3_000);
  });

  test('that is rate limited is throttled for as long as it says', async () => {
    sink.answer = () => ({ status: 429, headers: { 'retry-after': '30' } });
    expect(await send(slack(), TEST)).toMatchObject({ outcome: 'throttled', retryAfterMs: 30_000 });
  });
});

test('Microsoft Teams gets an Adaptive Card whose names are no Markdown', async () => {
  await send(
    { kind: 'teams', url: sink.url() },
    incident('incident.resolved', { title: '[click](http://x) *now*', resolution: 'it answers again' }),
  );
  const message = bodyOf(sink.received[0]) as unknown as {
    attachments: {
      contentType: string;
      content: { type: string; version: string; body: { text: string; color?: string }[]; actions: object[] };
    }[];
  };
  const { contentType, content } = message.attachments[0]!;
  expect([contentType, content.type, content.version]).toEqual([
    'application/vnd.microsoft.card.adaptive',
    'AdaptiveCard',
    '1.4',
  ]);
  expect(content.body[0]).toMatchObject({
    color: 'Good',
    text: expect.stringContaining(String.raw`\[click\]\(http://x\) \*now\*`) as string,
  });
  expect(content.body[1]!.text).toBe('It is over: it answers again.');
  expect(content.actions).toMatchObject([{ type: 'Action.OpenUrl', url: 'https://loopstart.example.com/incidents/7' }]);
});

describe('PagerDuty', () => {
  const pagerduty = (): ChannelSettings => ({
    kind: 'pagerduty',
    region: 'us',
    url: sink.url('/v2/enqueue'),
    routingKey: 'R'.repeat(32),
  });

  test.for<[IncidentType, string]>([
    ['incident.raised', 'trigger'],
    ['incident.updated', 'trigger'],
    ['incident.acknowledged', 'acknowledge'],
    ['incident.resolved', 'resolve'],
  ])('%s is a %s with the key of the incident', async ([type, action]) => {
    await send(pagerduty(), incident(type));
    expect(bodyOf(sink.received[0])).toMatchObject({
      event_action: action,
      dedup_key: 'gateway-unreachable@gateway:alpha#1',
      routing_key: 'R'.repeat(32),
    });
  });

  test('a trigger has what, where and the severity', async () => {
    await send(pagerduty(), incident('incident.raised', { dedupKey: 'k'.repeat(255), title: 't'.repeat(2_000) }));
    const event = bodyOf(sink.received[0]) as unknown as { dedup_key: string; payload: { summary: string } };
    expect(event).toMatchObject({
      payload: {
        severity: 'error',
        source: 'Alpha, North House, Harbour & Sons',
        timestamp: '2026-11-23T12:00:00.000Z',
        class: 'gateway-unreachable',
      },
      links: [{ href: 'https://loopstart.example.com/incidents/7' }],
    });
    expect([event.dedup_key.length, event.payload.summary.length]).toEqual([255, 1_024]);
  });

  test('gets no group where an incident has no site', async () => {
    const nowhere = {
      operator: { id: OPERATOR, name: 'Oak' },
      customer: null,
      site: null,
      agent: null,
      gateway: null,
      port: null,
    };
    await send(pagerduty(), incident('incident.raised', { place: nowhere }));
    expect(bodyOf(sink.received[0])['payload']).not.toHaveProperty('group');
    await send(pagerduty(), incident('incident.raised'));
    expect(bodyOf(sink.received[1])['payload']).toHaveProperty('group');
  });

  test('a test leaves no open event', async () => {
    expect((await send(pagerduty(), TEST)).outcome).toBe('delivered');
    const [trigger, resolve] = sink.received.map(bodyOf) as unknown as { event_action: string; dedup_key: string }[];
    expect([trigger!.event_action, resolve!.event_action]).toEqual(['trigger', 'resolve']);
    expect(trigger!.dedup_key).toBe(resolve!.dedup_key);
  });

  test('an event it calls invalid is not sent again; digests are not accepted', async () => {
    sink.answer = () => ({ status: 400, body: '{"status":"invalid event"}' });
    expect(await send(pagerduty(), TEST)).toMatchObject({ outcome: 'refused', status: 400 });
    expect(await send(pagerduty(), DIGEST)).toMatchObject({ outcome: 'refused', status: null });
  });
});

describe('Opsgenie', () => {
  const opsgenie = (): ChannelSettings => ({
    kind: 'opsgenie',
    region: 'eu',
    url: sink.url('/v2/alerts'),
    apiKey: 'genie-key',
  });
  const alias = encodeURIComponent('gateway-unreachable@gateway:alpha#1');

  test.for<[IncidentType, string]>([
    ['incident.raised', '/v2/alerts'],
    ['incident.updated', `/v2/alerts/${alias}/notes?identifierType=alias`],
    ['incident.acknowledged', `/v2/alerts/${alias}/acknowledge?identifierType=alias`],
    ['incident.resolved', `/v2/alerts/${alias}/close?identifierType=alias`],
  ])('%s goes to %s', async ([type, path]) => {
    sink.answer = () => ({ status: 202 });
    expect((await send(opsgenie(), incident(type))).outcome).toBe('delivered');
    expect(sink.received[0]).toMatchObject({ method: 'POST', path, headers: { authorization: 'GenieKey genie-key' } });
  });

  test('an alert has priority, alias and a message within its limit', async () => {
    await send(opsgenie(), incident('incident.raised', { severity: 'critical', title: 't'.repeat(300) }));
    const alert = bodyOf(sink.received[0]) as unknown as { message: string };
    expect(alert).toMatchObject({
      priority: 'P1',
      alias: 'gateway-unreachable@gateway:alpha#1',
      entity: 'Alpha, North House, Harbour & Sons',
    });
    expect(alert.message.length).toBe(130);
  });
});

describe('a ticket system', () => {
  const ticket = (more: object = {}): ChannelSettings => ({
    kind: 'ticket',
    url: sink.url('/tickets'),
    credentials: 'Basic dGlja2V0',
    headers: { clientid: 'vendor-1' },
    idPath: 'ticket.id',
    openBody: '{"summary":"{{incident.title}}","key":"{{incident.dedupKey}}"}',
    updateBody: '{"note":"{{message.title}}"}',
    closeBody: '{"status":"closed"}',
    updateMethod: 'PATCH',
    updateAt: 'ticket',
    findQuery: 'key={{incident.dedupKey}}&open=1',
    ...more,
  });

  test('is searched for an open ticket first, then one is opened; its id is kept', async () => {
    sink.answer = ({ method }) =>
      method === 'GET' ? { status: 200, body: '{"items":[]}' } : { status: 201, body: '{"ticket":{"id":4711}}' };
    expect(await send(ticket(), incident('incident.raised'))).toMatchObject({
      outcome: 'delivered',
      externalId: '4711',
    });
    expect(sink.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /tickets?key=gateway-unreachable%40gateway%3Aalpha%231&open=1',
      'POST /tickets',
    ]);
    expect(sink.received[1]!.headers).toMatchObject({ authorization: 'Basic dGlja2V0', clientid: 'vendor-1' });
    expect(bodyOf(sink.received[1])).toEqual({
      summary: 'Gateway unreachable',
      key: 'gateway-unreachable@gateway:alpha#1',
    });
  });

  test.for(['[{"ticket":{"id":"A-9"}}]', '{"total":1,"items":[{"ticket":{"id":"A-9"}}]}'])(
    'that has one open gets no second: %s',
    async (body) => {
      sink.answer = () => ({ status: 200, body });
      expect(await send(ticket(), incident('incident.raised'))).toMatchObject({
        outcome: 'delivered',
        externalId: 'A-9',
      });
      expect(sink.received.map(({ method }) => method)).toEqual(['GET']);
    },
  );

  test('gets updates and the end at the ticket it named', async () => {
    await send(ticket(), incident('incident.acknowledged'), { externalId: 'A/9' });
    await send(ticket({ updateMethod: 'PUT' }), incident('incident.resolved'), { externalId: 'A/9' });
    expect(sink.received.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PATCH', '/tickets/A%2F9', '{"note":"Acknowledged: #7 Gateway unreachable"}'],
      ['PUT', '/tickets/A%2F9', '{"status":"closed"}'],
    ]);
  });

  test('with its search below the collection and its updates at it, as Autotask has them', async () => {
    const autotask = ticket({
      url: sink.url('/v1.0/Tickets'),
      idPath: 'itemId',
      updateAt: 'collection',
      updateBody: '{"id":{{ticket.id}},"note":"{{message.title}}"}',
      findQuery: '/query?search={{incident.dedupKey}}',
    });
    sink.answer = ({ method }) => ({ status: 200, body: method === 'GET' ? '{"items":[{"id":29}]}' : '{"itemId":29}' });
    expect(await send(autotask, incident('incident.acknowledged'))).toMatchObject({ externalId: '29' });
    expect(sink.received.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['GET', '/v1.0/Tickets/query?search=gateway-unreachable%40gateway%3Aalpha%231', ''],
      ['PATCH', '/v1.0/Tickets', '{"id":29,"note":"Acknowledged: #7 Gateway unreachable"}'],
    ]);
  });

  test.for([404, 410])('whose ticket was deleted (%d) gets no retry, and works for others', async (status) => {
    sink.answer = () => ({ status });
    expect(await send(ticket(), incident('incident.resolved'), { externalId: 'A/9' })).toMatchObject({
      outcome: 'refused',
      status,
    });
  });

  test('that has no ticket of an incident gets none just to close it', async () => {
    sink.answer = () => ({ status: 404 });
    expect((await send(ticket(), incident('incident.resolved'))).outcome).toBe('delivered');
    expect(sink.received.map(({ method }) => method)).toEqual(['GET']);
  });

  test('that returns no id is not asked to open another', async () => {
    sink.answer = ({ method }) => (method === 'GET' ? { status: 404 } : { status: 201, body: '{}' });
    expect(await send(ticket(), incident('incident.raised'))).toMatchObject({
      outcome: 'refused',
      error: expect.stringContaining('ticket.id') as string,
    });
  });

  test('that cannot be searched now is not written to either', async () => {
    sink.answer = () => ({ status: 503 });
    expect(await send(ticket(), incident('incident.raised'))).toMatchObject({ outcome: 'failed', status: 503 });
    expect(sink.received.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('e-mail', () => {
  const email: ChannelSettings = { kind: 'email', to: ['desk@example.com', 'boss@example.com'] };

  test('goes to all of the channel, or to one recipient', async () => {
    expect((await send(email, incident('incident.raised'))).outcome).toBe('delivered');
    await send(email, incident('incident.raised'), { recipient: 'anna@example.com' });
    expect(mails.map(({ to }) => to)).toEqual([['desk@example.com', 'boss@example.com'], ['anna@example.com']]);
  });

  test('names the incident, and threads its messages', async () => {
    await send(email, incident('incident.raised'));
    await send(email, incident('incident.resolved'), { webhookId: 'msg_2' });
    const [raised, resolved] = [mails[0]!, mails[1]!];
    expect(raised.text).toContain('Subject: [major] #7 Gateway unreachable');
    expect(raised.text).toContain('Message-ID: <msg_1@loopstart.example.com>');
    expect(resolved.text).toContain('Message-ID: <msg_2@loopstart.example.com>');
    for (const { text } of [raised, resolved]) {
      expect(text).toContain(`In-Reply-To: <incident-0b0f8c52-6a0e-4f7e-9d70-1c8f6f1b2a11@loopstart.example.com>`);
      expect(text).toContain('From: Loopstart <alerts@example.com>');
    }
    expect(raised.text).toContain('Harbour &amp; Sons');
  });

  test('a title cannot add headers', async () => {
    await send(email, incident('incident.raised', { title: 'x\r\nBcc: all@example.com' }));
    expect(mails[0]!.to).toEqual(['desk@example.com', 'boss@example.com']);
    expect(mails[0]!.text.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
  });

  test('that the server refuses is tried again later', async () => {
    refusal = Object.assign(new Error('mailbox busy'), { responseCode: 450 });
    expect(await send(email, incident('incident.raised'))).toMatchObject({
      outcome: 'failed',
      status: 450,
      error: 'The mail server answered 450.',
    });
  });

  test('that is accepted for some recipients is not sent to them again; the others are recorded', async () => {
    const to = ['desk@example.com', 'gone@example.com'];
    const sent = await send({ kind: 'email', to }, incident('incident.raised'));
    expect(sent).toMatchObject({ outcome: 'delivered', error: 'Not taken for gone@example.com.' });
    expect(mails.map((mail) => mail.to)).toEqual([['desk@example.com']]);
  });

  test('a digest lists what happened', async () => {
    await send(email, DIGEST);
    expect(mails[0]!.text).toContain('#7 major: Gateway unreachable (Alpha, North House, Harbour & Sons)');
  });
});
