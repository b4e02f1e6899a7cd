import { type Channel, type ChannelInput, type Delivery, endpoints } from '@loopstart/contracts';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { Sink } from './outbound/sink.ts';
import { asOwner } from './postgres.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let sink: Sink;

beforeAll(async () => {
  sink = await Sink.start();
  api = await startApp({ env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1', SMTP_URL: 'smtp://127.0.0.1:9' } });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
});
afterAll(async () => {
  await api.close();
  await sink.stop();
});
beforeEach(() => {
  sink.answer = () => ({ status: 200, body: 'ok' });
  sink.received.length = 0;
});

let made = 0;
const name = () => `Channel ${(made += 1)}`;
const webhook = (path = '/hook'): ChannelInput => ({
  kind: 'webhook',
  name: name(),
  url: sink.url(path),
  filters: {},
  signing: 'v1',
});
const create = (body: ChannelInput) => oak.admin(endpoints.createChannel, { body });
const at = (channel: { id: string }) => ({ params: { channelId: channel.id } });

const TICKET = {
  kind: 'ticket',
  credentials: 'Basic c2VjcmV0LXRpY2tldA==',
  headers: { 'x-client': 'client-secret-7' },
  idPath: 'id',
  openBody: '{"summary":"{{incident.title}}"}',
  updateBody: '{"note":"{{message.text}}"}',
  closeBody: '{"status":"closed"}',
  updateMethod: 'PATCH',
} as const;

async function settled(delivery: Delivery, state: Delivery['state'] = 'delivered') {
  for (;;) {
    const now = await oak.viewer(endpoints.getDelivery, { params: { deliveryId: delivery.id } });
    if (now.state === state && now.attemptList.length > 0) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('customers a webhook is filtered by', () => {
  const filtered = (customerIds: string[]) => ({ ...webhook(), filters: { customerIds } }) as ChannelInput;
  const unknown = { status: 404, code: 'not-found', fields: [{ path: 'body.filters.customerIds' }] };

  test("another operator's are refused, on a new channel and on a change", async () => {
    const own = await oak.admin(endpoints.createCustomer, { body: { name: 'Harbour' } });
    const theirs = await elm.admin(endpoints.createCustomer, { body: { name: 'Theirs' } });
    expect(await problemOf(create(filtered([own.id, theirs.id])))).toMatchObject(unknown);
    const { channel } = await create(filtered([own.id, own.id.toUpperCase()]));
    const change = oak.admin(endpoints.updateChannel, { ...at(channel), body: filtered([theirs.id]) });
    expect(await problemOf(change)).toMatchObject(unknown);
  });
});

describe('making a channel', () => {
  test('a webhook shows its signing secret once', async () => {
    const { channel, signingSecret } = await create(webhook());
    expect(signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(channel).toMatchObject({ kind: 'webhook', state: 'active', waiting: 0, target: `127.0.0.1:${sink.port}` });
    expect(channel.keys).toMatchObject([{ algorithm: 'v1', publicKey: null, expiresAt: null }]);
    const again = await oak.viewer(endpoints.getChannel, at(channel));
    expect(JSON.stringify(again)).not.toContain(signingSecret!.slice(6));
  });

  test('the address of a webhook, which may carry a token, is shown whole only to who may change it', async () => {
    const { channel } = await create(webhook('/hook/token-1?key=token-2'));
    const url = async (read: typeof oak.viewer) => (await read(endpoints.getChannel, at(channel))).config['url'];
    expect(await url(oak.admin)).toBe(sink.url('/hook/token-1?key=token-2'));
    expect(await url(oak.viewer)).toBe(`http://127.0.0.1:${sink.port}/…`);
    expect(await url(oak.technician)).toBe(`http://127.0.0.1:${sink.port}/…`);
    expect(JSON.stringify(await oak.viewer(endpoints.listChannels))).not.toContain('token-');
  });

  test('one with a key pair shows the public half, always', async () => {
    const { channel, signingSecret } = await create({ ...webhook(), signing: 'v1a' } as ChannelInput);
    expect(signingSecret).toBeNull();
    expect((await oak.viewer(endpoints.getChannel, at(channel))).keys[0]!.publicKey).toMatch(
      /^whpk_[A-Za-z0-9+/]{43}=$/,
    );
  });

  test.for<[string, () => ChannelInput, string[]]>([
    ['slack', () => ({ kind: 'slack', name: name(), url: sink.url('/services/T0/B0/slack-secret') }), ['slack-secret']],
    ['teams', () => ({ kind: 'teams', name: name(), url: sink.url('/teams-secret') }), ['teams-secret']],
    [
      'pagerduty',
      () => ({ kind: 'pagerduty', name: name(), region: 'eu', routingKey: 'routing-secret-1' }),
      ['routing-secret-1'],
    ],
    [
      'opsgenie',
      () => ({ kind: 'opsgenie', name: name(), region: 'us', apiKey: 'genie-secret-1' }),
      ['genie-secret-1'],
    ],
    [
      'ticket',
      () => ({ ...TICKET, headers: { ...TICKET.headers }, name: name(), url: sink.url('/tickets') }),
      ['c2VjcmV0LXRpY2tldA', 'client-secret-7'],
    ],
  ])('what is secret of %s is never read back, stored or audited in the clear', async ([, input, secrets]) => {
    const { channel } = await create(input());
    const shown = JSON.stringify([await oak.admin(endpoints.listChannels), channel]);
    const stored = await asOwner(api.database.ownerUrl, async (sql) => {
      const { rows } = await sql.query('select config::text, encode(secret, $2) as secret from channel where id = $1', [
        channel.id,
        'escape',
      ]);
      const audit = await sql.query("select change::text from audit_entry where subject_id = $1 and verb = 'create'", [
        channel.id,
      ]);
      expect([rows.length, audit.rows.length]).toEqual([1, 1]);
      return JSON.stringify([rows, audit.rows]);
    });
    for (const secret of secrets) {
      expect(shown).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
  });

  test.for<[string, () => ChannelInput, string, string]>([
    [
      'a private address',
      () => ({ ...webhook(), url: 'https://10.0.0.1/hook' }) as ChannelInput,
      'address-not-allowed',
      'body.url',
    ],
    [
      'plain http',
      () => ({ ...webhook(), url: 'http://93.184.216.34/hook' }) as ChannelInput,
      'address-not-allowed',
      'body.url',
    ],
    [
      'a host of the inside',
      () => ({ ...webhook(), url: 'https://router.local/' }) as ChannelInput,
      'address-not-allowed',
      'body.url',
    ],
    ['no secret where one is needed', () => ({ kind: 'slack', name: name() }), 'invalid-input', 'body.url'],
    ['no key', () => ({ kind: 'opsgenie', name: name(), region: 'us' }), 'invalid-input', 'body.apiKey'],
    [
      'a template that is no JSON',
      () => ({ ...TICKET, headers: {}, name: name(), url: sink.url(), openBody: '{' }),
      'invalid-input',
      'body.openBody',
    ],
    [
      'a place that does not exist',
      () => ({ ...TICKET, headers: {}, name: name(), url: sink.url(), closeBody: '{"a":"{{process.env}}"}' }),
      'invalid-input',
      'body.closeBody',
    ],
    [
      'a header with a line break',
      () => ({ ...TICKET, headers: { 'x-a': 'b\r\nhost: c' }, name: name(), url: sink.url() }),
      'invalid-input',
      'body.headers',
    ],
    [
      'a header of ours',
      () => ({ ...TICKET, headers: { Host: 'x' }, name: name(), url: sink.url() }),
      'invalid-input',
      'body.headers',
    ],
  ])('%s is refused', async ([, input, code, path]) => {
    expect(await problemOf(create(input()))).toMatchObject({ code, fields: [{ path }] });
  });

  test('a name that is taken is refused', async () => {
    const { channel } = await create(webhook());
    expect(await problemOf(create({ ...webhook(), name: channel.name.toUpperCase() } as ChannelInput))).toMatchObject({
      code: 'already-exists',
    });
  });

  test('without a mail server there are no e-mail channels', async () => {
    const bare = await startApp();
    const ash = await bare.operator('Ash');
    const body: ChannelInput = { kind: 'email', name: 'Desk', to: ['desk@example.com'] };
    expect(await problemOf(ash.admin(endpoints.createChannel, { body }))).toMatchObject({
      fields: [{ path: 'body.kind' }],
    });
    await bare.close();
  });
});

describe('changing a channel', () => {
  test('keeps the secret that is not given again', async () => {
    const { channel } = await create({ kind: 'slack', name: name(), url: sink.url('/kept') });
    const renamed = await oak.admin(endpoints.updateChannel, {
      ...at(channel),
      body: { kind: 'slack', name: 'Renamed' },
    });
    expect(renamed.name).toBe('Renamed');
    await settled(await oak.technician(endpoints.testChannel, at(channel)));
    expect(sink.received[0]!.path).toBe('/kept');
  });

  test('never its kind, nor the algorithm of its signature', async () => {
    const { channel } = await create(webhook());
    const change = (body: ChannelInput) => problemOf(oak.admin(endpoints.updateChannel, { ...at(channel), body }));
    expect(await change({ kind: 'slack', name: 'x', url: sink.url() })).toMatchObject({
      fields: [{ path: 'body.kind' }],
    });
    expect(await change({ ...webhook(), signing: 'v1a' } as ChannelInput)).toMatchObject({
      fields: [{ path: 'body.signing' }],
    });
  });

  test('a policy that uses it keeps it', async () => {
    const { channel } = await create(webhook());
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('insert into policy (operator_id, name, ordinal, steps) values ($1, $2, 1, $3)', [
        oak.operatorId,
        'Nights',
        JSON.stringify([{ afterMinutes: 0, targets: [{ type: 'channel', channelId: channel.id }] }]),
      ]),
    );
    expect(await problemOf(oak.admin(endpoints.deleteChannel, at(channel)))).toMatchObject({
      code: 'in-use',
      detail: 'Used by: Nights.',
    });
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('delete from policy where operator_id = $1', [oak.operatorId]),
    );
    await oak.admin(endpoints.deleteChannel, at(channel));
    expect(await problemOf(oak.viewer(endpoints.getChannel, at(channel)))).toMatchObject({ code: 'not-found' });
  });

  test('the fallback is another channel of the same operator', async () => {
    const [{ channel }, spare] = await Promise.all([create(webhook()), create(webhook())]);
    const set = (fallbackChannelId: string | null, enabled = true) =>
      oak.admin(endpoints.setChannelState, { ...at(channel), body: { enabled, fallbackChannelId } });
    expect(await set(spare.channel.id)).toMatchObject({ fallbackChannelId: spare.channel.id });
    expect(await problemOf(set(channel.id))).toMatchObject({ code: 'invalid-input' });
    const theirs = await elm.admin(endpoints.createChannel, { body: webhook() });
    expect(await problemOf(set(theirs.channel.id))).toMatchObject({ code: 'not-found' });
  });
});

describe('keys', () => {
  test('while they are rotated both sign; then the new one alone', async () => {
    const { channel, signingSecret: first } = await create(webhook());
    const rotated = await oak.admin(endpoints.rotateChannelKey, {
      ...at(channel),
      body: { algorithm: 'v1', overlapHours: 24 },
    });
    expect(rotated.channel.keys.map(({ expiresAt }) => expiresAt === null)).toEqual([true, false]);
    await settled(await oak.technician(endpoints.testChannel, at(channel)));
    const both = sink.received[0]!;
    for (const secret of [first!, rotated.signingSecret!])
      new Webhook(secret).verify(both.body, both.headers as Record<string, string>);

    const last = await oak.admin(endpoints.rotateChannelKey, {
      ...at(channel),
      body: { algorithm: 'v1', overlapHours: 0 },
    });
    expect(last.channel.keys).toHaveLength(1);
    await settled(await oak.technician(endpoints.testChannel, at(channel)));
    const one = sink.received[1]!;
    new Webhook(last.signingSecret!).verify(one.body, one.headers as Record<string, string>);
    expect(() => new Webhook(first!).verify(one.body, one.headers as Record<string, string>)).toThrow();
  });

  test('only webhooks have them', async () => {
    const { channel } = await create({ kind: 'slack', name: name(), url: sink.url() });
    expect(await problemOf(oak.admin(endpoints.rotateChannelKey, { ...at(channel), body: {} }))).toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('the delivery log', () => {
  const failing = async (): Promise<{ channel: Channel; delivery: Delivery }> => {
    const { channel } = await create(webhook());
    sink.answer = () => ({ status: 500, body: 'sorry, {"password":"hunter2"} Bearer abcdef0123456789' });
    const delivery = await oak.technician(endpoints.testChannel, at(channel));
    await settled(delivery, 'pending');
    return { channel, delivery };
  };
  const giveUp = (channel: Channel) =>
    asOwner(api.database.ownerUrl, (sql) =>
      sql.query("update delivery set state = 'failed' where channel_id = $1", [channel.id]),
    );

  test('shows each attempt with its answer, secrets struck out', async () => {
    const { channel, delivery } = await failing();
    // The head of its page counts what the log below calls failed.
    expect(await oak.viewer(endpoints.getChannel, at(channel))).toMatchObject({ failedLastDay: 1, waiting: 1 });
    const detail = await oak.viewer(endpoints.getDelivery, { params: { deliveryId: delivery.id } });
    expect(detail).toMatchObject({
      type: 'endpoint.test',
      attempts: 1,
      lastStatus: 500,
      payload: { type: 'endpoint.test' },
    });
    expect(detail.attemptList).toMatchObject([{ number: 1, status: 500, error: 'It answered 500.' }]);
    expect(detail.attemptList[0]!.answer).toContain('sorry');
    expect(detail.attemptList[0]!.answer).not.toMatch(/hunter2|abcdef0123456789/);
  });

  test('is paged, newest first, and filtered by state', async () => {
    const { channel } = await create(webhook());
    const sent: Delivery[] = [];
    for (let n = 0; n < 5; n += 1) sent.push(await oak.technician(endpoints.testChannel, at(channel)));
    for (const delivery of sent) await settled(delivery);
    const pages = await allPages((cursor) =>
      oak.viewer(endpoints.listDeliveries, { query: { channelId: [channel.id], limit: 2, ...cursor } }),
    );
    expect(pages.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
    const times = pages.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted().toReversed());
    const none = await oak.viewer(endpoints.listDeliveries, { query: { channelId: [channel.id], state: ['failed'] } });
    expect(none).toMatchObject({ items: [], total: 0 });
    expect(await oak.viewer(endpoints.getChannel, at(channel))).toMatchObject({ deliveredLastDay: 5, waiting: 0 });
  });

  test('one that failed is sent again with the same webhook-id', async () => {
    const { channel, delivery } = await failing();
    await giveUp(channel);
    sink.answer = () => ({ status: 200 });
    const replay = await oak.technician(endpoints.replayDelivery, { params: { deliveryId: delivery.id } });
    expect(replay).toMatchObject({ replayOf: delivery.id, webhookId: delivery.webhookId });
    await settled(replay);
    expect(new Set(sink.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery.webhookId]));
  });

  test('all that failed are sent again once; a range is, whatever became of it', async () => {
    const { channel } = await failing();
    await giveUp(channel);
    sink.answer = () => ({ status: 200 });
    const replay = (which: 'failed' | 'all', from?: string) =>
      oak.technician(endpoints.replayDeliveries, {
        ...at(channel),
        body: { which, ...(from === undefined ? {} : { from }) },
      });
    expect(await replay('failed')).toEqual({ replayed: 1 });
    expect(await replay('failed')).toEqual({ replayed: 0 });
    await sink.until(2);
    for (;;) if ((await oak.viewer(endpoints.getChannel, at(channel))).waiting === 0) break;
    expect(await replay('failed')).toEqual({ replayed: 0 });
    expect(await replay('all')).toEqual({ replayed: 1 });
    expect(await replay('all', new Date(Date.now() + 60_000).toISOString())).toEqual({ replayed: 0 });
  });

  test('nothing is sent by a channel that is switched off; switched on again it begins anew', async () => {
    const { channel, delivery } = await failing();
    const off = await oak.admin(endpoints.setChannelState, { ...at(channel), body: { enabled: false } });
    expect(off).toMatchObject({ state: 'disabled', waiting: 0 });
    expect(await problemOf(oak.technician(endpoints.testChannel, at(channel)))).toMatchObject({
      code: 'reaches-nobody',
    });
    expect(
      await problemOf(oak.technician(endpoints.replayDelivery, { params: { deliveryId: delivery.id } })),
    ).toMatchObject({ code: 'reaches-nobody' });
    const on = await oak.admin(endpoints.setChannelState, { ...at(channel), body: { enabled: true } });
    expect(on).toMatchObject({ state: 'active', failingSince: null, failedLastDay: 1 });
  });
});
