import { randomUUID } from 'node:crypto';
import {
  CHANNEL_KINDS,
  type ChannelInput,
  type ChannelKind,
  endpoints,
  SECRETS_SENT,
  SnmpAccess,
} from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secrets } from '../src/core/secret/secrets.ts';
import { ChannelDecryptor } from '../src/notifications/delivery/worker/channel-decryptor.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

let api: TestApp;
let oak: TestOperator;
let place: Planted;
beforeAll(async () => {
  api = await startApp({
    env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1,desk.example,thief.example', SMTP_URL: 'smtp://127.0.0.1:9' },
  });
  oak = await api.operator('Oak');
  place = await plant(api.database.ownerUrl, oak.operatorId);
});
afterAll(() => api.close());

const HOME = 'https://desk.example:8443/v1?key=in-the-address';
/** Each way to be somewhere else. */
const MOVES = {
  'another host': 'https://thief.example:8443/v1?key=in-the-address',
  'another port': 'https://desk.example/v1?key=in-the-address',
  'another protocol': 'http://desk.example:8443/v1?key=in-the-address',
};
const TICKET = {
  idPath: 'id',
  openBody: '{"a":1}',
  updateBody: '{"a":1}',
  closeBody: '{"a":1}',
  updateMethod: 'PATCH',
} as const;

let made = 0;
/** One of each kind there is with an address of its own, where it has one. */
const KINDS: { [K in ChannelKind]: (url: string) => Extract<ChannelInput, { kind: K }> } = {
  webhook: (url) => ({ kind: 'webhook', name: 'x', url, filters: {}, signing: 'v1' }),
  email: () => ({ kind: 'email', name: 'x', to: ['ada@example.com'] }),
  slack: (url) => ({ kind: 'slack', name: 'x', url }),
  teams: (url) => ({ kind: 'teams', name: 'x', url }),
  pagerduty: (url) => ({ kind: 'pagerduty', name: 'x', url, region: 'us', routingKey: 'secret-routing' }),
  opsgenie: (url) => ({ kind: 'opsgenie', name: 'x', url, region: 'us', apiKey: 'secret-genie' }),
  ticket: (url) => ({
    kind: 'ticket',
    name: 'x',
    url,
    credentials: 'Basic secret',
    headers: { 'x-key': 'secret-header' },
    ...TICKET,
  }),
};
const bodyOf = (kind: ChannelKind, url = HOME): ChannelInput => ({
  ...KINDS[kind](url),
  name: `Channel ${(made += 1)}`,
});
/** As the console sends a change: what is secret is left out. */
const without = (body: ChannelInput, secrets: readonly string[]): ChannelInput =>
  ({ ...body, ...Object.fromEntries(secrets.map((key) => [key, key === 'headers' ? {} : undefined])) }) as ChannelInput;
const create = async (body: ChannelInput) => (await oak.admin(endpoints.createChannel, { body })).channel.id;
const change = (channelId: string, body: ChannelInput) =>
  oak.admin(endpoints.updateChannel, { params: { channelId }, body });
const kept = (channelId: string) =>
  rowsOf<{ config: string; secret: Buffer | null }>(
    api.database.ownerUrl,
    'select config::text, secret from channel where id = $1',
    [channelId],
  ).then(([row]) => row!);

describe('a channel that moves', () => {
  const sending = CHANNEL_KINDS.filter((kind) => SECRETS_SENT[kind].length > 0);
  const moves = sending.flatMap((kind) =>
    Object.entries(MOVES).flatMap(([how, url]) =>
      SECRETS_SENT[kind].map((secret) => [kind, how, secret, url] as const),
    ),
  );

  test('every member of the contract that may be left out on a change is known here', () => {
    expect(Object.keys(KINDS).toSorted()).toEqual([...CHANNEL_KINDS].toSorted());
    for (const kind of sending)
      for (const secret of SECRETS_SENT[kind])
        expect(JSON.stringify(Reflect.get(bodyOf(kind), secret))).toContain('secret');
  });

  test.for(moves)('%s: %s asks for %s again', async ([kind, , secret, url]) => {
    const body = bodyOf(kind);
    const id = await create(body);
    const before = await kept(id);
    const moved = without({ ...body, url } as ChannelInput, [secret]);
    expect(await problemOf(change(id, moved))).toMatchObject({
      status: 400,
      code: 'invalid-input',
      fields: [{ path: `body.${secret}`, expected: expect.stringContaining('given again') as unknown }],
    });
    expect(await kept(id)).toEqual(before);
  });

  test.for(sending)('%s: a user name in the address is refused as such', async (kind) => {
    const body = bodyOf(kind);
    const moved = { ...body, url: HOME.replace('://', '://thief@') } as ChannelInput;
    expect(await problemOf(change(await create(body), moved))).toMatchObject({ fields: [{ path: 'body.url' }] });
  });

  test.for(['pagerduty', 'opsgenie'] as const)(
    '%s: another region does so too, and no address of its own',
    async (kind) => {
      const { url: _url, ...body } = bodyOf(kind) as Extract<ChannelInput, { kind: 'pagerduty' | 'opsgenie' }>;
      const id = await create(body as ChannelInput);
      for (const moved of [
        { ...body, region: 'eu' },
        { ...body, url: HOME },
      ])
        expect(await problemOf(change(id, without(moved as ChannelInput, SECRETS_SENT[kind])))).toMatchObject({
          fields: [{ path: `body.${SECRETS_SENT[kind][0]}` }],
        });
    },
  );

  test.for(sending)('%s: with its secrets given again it moves; at its place they are kept', async (kind) => {
    const body = bodyOf(kind);
    const id = await create(body);
    await change(id, without({ ...body, url: HOME.replace('/v1', '/v2') } as ChannelInput, SECRETS_SENT[kind]));
    await change(id, { ...body, url: MOVES['another host'] } as ChannelInput);
    expect(await oak.admin(endpoints.getChannel, { params: { channelId: id } })).toMatchObject({
      target: 'thief.example:8443',
    });
  });
});

describe('an address at rest', () => {
  const addressed = CHANNEL_KINDS.filter((kind) => kind !== 'email');

  test.for(addressed)('of %s is sealed, and in no audit', async (kind) => {
    const id = await create(bodyOf(kind));
    const { config, secret } = await kept(id);
    expect(config).not.toContain('in-the-address');
    expect(secret!.toString('latin1')).not.toContain('in-the-address');
    const audit = await rowsOf(api.database.ownerUrl, 'select change::text from audit_entry where subject_id = $1', [
      id,
    ]);
    expect(JSON.stringify(audit)).not.toContain('in-the-address');
    const isSecret = kind === 'slack' || kind === 'teams';
    const shown = await oak.admin(endpoints.getChannel, { params: { channelId: id } });
    expect(shown.config['url']).toBe(isSecret ? undefined : HOME);
    expect(shown.target).toBe('desk.example:8443');
    expect(JSON.stringify(await oak.viewer(endpoints.listChannels))).not.toContain('in-the-address');
  });

  test('that an earlier version left in the clear is sealed at start, of every kind', async () => {
    const decryptor = new ChannelDecryptor(api.app.get(Secrets));
    const before = await Promise.all(
      addressed.map(async (kind) => {
        const id = await create(bodyOf(kind));
        const { url, ...rest } = await decryptor.secretOf({ operatorId: oak.operatorId, id }, (await kept(id)).secret);
        await rowsOf(
          api.database.ownerUrl,
          `update channel set config = config || jsonb_build_object('url', $2::text), secret = $3 where id = $1`,
          [id, url, await decryptor.seal({ operatorId: oak.operatorId, id }, rest)],
        );
        expect((await kept(id)).config).toContain('in-the-address');
        return { id, settings: { url, ...rest } };
      }),
    );
    const again = await startApp({ database: api.database });
    for (const { id, settings } of before) {
      const { config, secret } = await kept(id);
      expect(config).not.toContain('in-the-address');
      expect(await decryptor.secretOf({ operatorId: oak.operatorId, id }, secret)).toEqual(settings);
    }
    await again.close();
  });
});

describe('a target that moves', () => {
  const ACCESS: Record<SnmpAccess['version'], SnmpAccess> = {
    v1: { version: 'v1', community: 'secret-v1' },
    v2c: { version: 'v2c', community: 'secret-v2c', writeCommunity: 'secret-write' },
    v3: {
      version: 'v3',
      user: 'reader',
      level: 'authPriv',
      authProtocol: 'sha256',
      authPassphrase: 'secret-auth-1',
      privProtocol: 'aes128',
      privPassphrase: 'secret-priv-1',
    },
  };
  const put = (targets: object[]) =>
    oak.technician(endpoints.putAgentTargets, { params: { agentId: place.agentId }, body: { targets } as never });
  const moves = { 'another address': { address: '198.51.100.66' }, 'another port': { port: 1161 } };

  test.for(
    Object.values(ACCESS).flatMap((access) =>
      Object.entries(moves).map(([how, moved]) => [access.version, how, access, moved] as const),
    ),
  )('%s: %s asks for its access again', async ([, , access, moved]) => {
    const target = { id: randomUUID(), address: '192.0.2.10', port: 161, pollIntervalMs: null };
    await put([{ ...target, access }]);
    expect(await problemOf(put([{ ...target, ...moved }]))).toMatchObject({
      status: 400,
      fields: [{ path: 'body.targets.0.access', expected: expect.stringContaining('given again') as unknown }],
    });
    expect((await put([{ ...target, pollIntervalMs: 5_000 }])).targets).toMatchObject([{ address: '192.0.2.10' }]);
    expect((await put([{ ...target, ...moved, access }])).targets).toMatchObject([moved]);
  });
});
