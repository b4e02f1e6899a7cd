import 'reflect-metadata';
import { AuditStreamPayload, endpoints } from '@loopstart/contracts';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { Sink } from './outbound/sink.ts';
import { rowsOf } from './ingest.ts';
import { selfSigned } from './outbound/self-signed.ts';
import { SyslogReceiver } from './outbound/syslog-receiver.ts';

let api: TestApp;
let oak: TestOperator;
let sink: Sink;
let siem: SyslogReceiver;
/** The app's clock runs with ours, and can be moved on. */
let aheadMs = 0;

beforeAll(async () => {
  api = await startApp({
    env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1,localhost' },
    clock: () => Date.now() + aheadMs,
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  oak = await api.operator(`Oak ${crypto.randomUUID().slice(0, 6)}`);
  sink = await Sink.start();
  siem = await SyslogReceiver.start();
});
afterEach(async () => {
  for (const { id } of (await oak.admin(endpoints.listAuditStreams)).items)
    await oak.admin(endpoints.deleteAuditStream, { params: { streamId: id } });
  await sink.stop();
  await siem.stop();
});

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 15_000, interval: 50 });
const change = (name: string) => oak.admin(endpoints.createCustomer, { body: { name } });
const trail = async () =>
  (await oak.admin(endpoints.listAudit, { query: { limit: 500 } })).items
    .flatMap(({ id, chain }) => (chain === null ? [] : [{ id, seq: chain.seq, hash: chain.hash }]))
    .sort((a, b) => a.seq - b.seq);
const streamOf = async (id: string) =>
  (await oak.admin(endpoints.listAuditStreams)).items.find((stream) => stream.id === id)!;
const toWebhook = (from: 'now' | 'start' = 'start') =>
  oak.admin(endpoints.createAuditStream, {
    body: { kind: 'webhook', name: 'Hook', url: sink.url('/in/k3y-of-the-receiver'), from },
  });
const toSyslog = () =>
  oak.admin(endpoints.createAuditStream, {
    body: {
      kind: 'syslog',
      name: 'SIEM',
      host: 'localhost',
      port: siem.port,
      ca: siem.certificate.trim(),
      from: 'start',
    },
  });
const payloads = () => sink.received.map(({ body }) => AuditStreamPayload.parse(JSON.parse(body)));
const hooked = () => payloads().flatMap((payload) => (payload.type === 'audit.entries' ? payload.entries : []));
const logged = () => siem.received.filter(({ msgId }) => msgId === 'audit');

describe('a stream to a webhook', () => {
  test('sends the whole trail in order, signed, and says that it is current', async () => {
    await change('Before');
    const { stream, signingSecret } = await toWebhook();
    await change('After');
    const all = await trail();
    await soon(() => expect(hooked()).toHaveLength(all.length));
    expect(hooked().map(({ id, seq, hash }) => ({ id, seq, hash }))).toEqual(all);
    for (const { body, headers } of sink.received)
      new Webhook(signingSecret!).verify(body, headers as Record<string, string>);
    await soon(async () =>
      expect(await streamOf(stream.id)).toMatchObject({
        state: 'current',
        position: all.at(-1)!.seq,
        end: all.at(-1)!.seq,
        behind: 0,
        waitingSince: null,
        lost: 0,
        failures: 0,
        lastError: null,
      }),
    );
    const created = hooked().find(({ verb, subjectType }) => verb === 'create' && subjectType === 'audit-stream')!;
    expect(created.change).toEqual({ name: 'Hook', kind: 'webhook', target: `127.0.0.1:${sink.port}`, from: 'start' });
    expect(JSON.stringify(hooked())).not.toMatch(/whsec_|k3y-of/);
  });

  test('from now on leaves out what was before', async () => {
    await change('Before');
    await toWebhook('now');
    await change('After');
    await soon(() => expect(hooked().at(-1)?.change).toEqual({ name: 'After', notes: '' }));
    expect(hooked().map(({ subjectType }) => subjectType)).toEqual(['audit-stream', 'customer']);
  });

  test('waits while the receiver is out of order, says why, and goes on where it was: nothing is lost or out of order', async () => {
    sink.answer = (_, index) => (index < 2 ? { status: 503, body: 'whsec_abc down' } : { status: 200 });
    const { stream } = await toWebhook();
    await soon(async () =>
      expect(await streamOf(stream.id)).toMatchObject({
        state: 'failing',
        lastError: { sentence: 'It answered 503.' },
      }),
    );
    const failing = await streamOf(stream.id);
    expect(failing.behind).toBeGreaterThan(0);
    expect(failing.waitingSince).not.toBeNull();
    await change('Meanwhile');
    const all = await trail();
    await soon(async () => expect((await streamOf(stream.id)).state).toBe('current'));
    const [first, , ...received] = payloads().map((one) => (one.type === 'audit.entries' ? one.entries : []));
    expect(received.flat().map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq));
    // What came twice has the same ids.
    expect(first!.map(({ id }) => id)).toEqual(all.slice(0, first!.length).map(({ id }) => id));
  });

  test('that is paused sends nothing, and resumes', async () => {
    const { stream } = await toWebhook('now');
    await soon(async () => expect((await streamOf(stream.id)).state).toBe('current'));
    const setPaused = (paused: boolean) =>
      oak.admin(endpoints.setAuditStreamState, { params: { streamId: stream.id }, body: { paused } });
    expect((await setPaused(true)).state).toBe('paused');
    const before = sink.received.length;
    await change('Quiet');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(sink.received).toHaveLength(before);
    expect((await streamOf(stream.id)).behind).toBe(2);
    await setPaused(false);
    await soon(() =>
      expect(
        hooked()
          .map(({ verb }) => verb)
          .slice(-3),
      ).toEqual(['pause', 'create', 'resume']),
    );
  });

  test('of many entries goes in batches that are bounded', async () => {
    await rowsOf(
      api.database.ownerUrl,
      `insert into audit_entry (operator_id, user_name, verb, subject_type, subject_id, change, digest, author_commitment, details_commitment)
       select $1, 'Load', 'update', 'site', gen_random_uuid()::text, '{}', sha256('x'), sha256('x'), sha256('x') from generate_series(1, 450) n`,
      [oak.operatorId],
    );
    await toWebhook();
    const all = await trail();
    await soon(() => expect(new Set(hooked().map(({ seq }) => seq)).size).toBeGreaterThanOrEqual(450));
    const sizes = payloads().map((one) => (one.type === 'audit.entries' ? one.entries.length : 0));
    expect(Math.max(...sizes)).toBe(100);
    expect(hooked().map(({ seq }) => seq)).toEqual(hooked().map((_, at) => at + 1));
    expect(all.length).toBeGreaterThan(0);
  });
});

describe('what was sent by a process that died', () => {
  test('comes again with the same ids once its lease is over, and nothing is missing', async () => {
    // It took the lease and sent, and ended before it could record: another worker's view of a killed process.
    sink.answer = () => 'hang-up';
    const { stream } = await toWebhook();
    await soon(() => expect(sink.received.length).toBeGreaterThan(0));
    const [dead] = payloads();
    await rowsOf(
      api.database.ownerUrl,
      `update audit_stream set lease_by = gen_random_uuid(), lease_until = now() + interval '30 s', next_try_at = null where id = $1 returning id`,
      [stream.id],
    );
    sink.received.length = 0;
    sink.answer = () => ({ status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(sink.received).toHaveLength(0);
    aheadMs += 31_000;
    await soon(async () => expect((await streamOf(stream.id)).state).toBe('current'));
    const all = await trail();
    expect(hooked().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(dead?.type === 'audit.entries' ? dead.entries[0]?.id : null).toBe(all[0]!.id);
  });
});

describe('a stream by syslog over TLS', () => {
  test('sends octet-counted messages of RFC 5424 in order, each with its place and id', async () => {
    await change('Quay "Äußere" ] \\');
    const { stream, signingSecret } = await toSyslog();
    expect(signingSecret).toBeNull();
    const all = await trail();
    await soon(() => expect(logged().length).toBeGreaterThanOrEqual(all.length));
    expect(siem.errors).toEqual([]);
    expect(logged().map(({ data }) => ({ id: data['id'], seq: Number(data['seq']) }))).toEqual(
      all.map(({ id, seq }) => ({ id, seq })),
    );
    const quay = logged().find(({ data }) => data['subjectType'] === 'customer')!;
    expect(quay.priority).toBe(109);
    expect(JSON.parse(quay.text)).toMatchObject({ verb: 'create', change: { name: 'Quay "Äußere" ] \\' } });
    await soon(async () => expect((await streamOf(stream.id)).state).toBe('current'));
  });

  test('that is cut in the middle is sent again from the last entry that was received', async () => {
    // It reads the first entries, and then its connection is reset.
    await Promise.all(['One', 'Two', 'Three'].map(change));
    siem.dropAfterBytes = 1_000;
    const { stream } = await toSyslog();
    await soon(async () => expect((await streamOf(stream.id)).failures).toBeGreaterThan(0));
    expect((await streamOf(stream.id)).position).toBe(0);
    siem.dropAfterBytes = null;
    await soon(async () => expect((await streamOf(stream.id)).state).toBe('current'));
    const all = await trail();
    const ids = logged().map(({ data }) => data['id']!);
    expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)));
    // What it had read before came twice, and by its id a receiver drops it.
    expect(ids.length).toBeGreaterThan(all.length);
  });

  test.for([
    ['a certificate that is not trusted', { ca: null }, 'The certificate of the host is not trusted.'],
    ['a certificate for another host', { host: '127.0.0.1' }, 'The certificate is for another host.'],
    ['nobody who listens', { port: 1 }, 'The host refused the connection.'],
  ] as const)('%s is an error in words', async ([, part, sentence]) => {
    const { stream } = await toSyslog();
    const params = { streamId: stream.id };
    await oak.admin(endpoints.updateAuditStream, {
      params,
      body: { kind: 'syslog', name: 'SIEM', host: 'localhost', port: siem.port, ...part },
    });
    expect(await oak.admin(endpoints.testAuditStream, { params })).toEqual({ received: false, error: sentence });
  });

  test('shows its client certificate, of which the key is never returned', async () => {
    const [own, other] = await Promise.all([selfSigned('sender.example.com'), selfSigned('other.example.com')]);
    const [certificate, privateKey] = [own.certificate.trim(), own.key.trim()];
    const strict = await SyslogReceiver.start('localhost', 0, { clients: own.certificate });
    try {
      const base = { kind: 'syslog' as const, name: 'SIEM', host: 'localhost', port: strict.port };
      const ca = strict.certificate.trim();
      const { stream } = await oak.admin(endpoints.createAuditStream, { body: { ...base, ca, from: 'start' } });
      expect(stream.client).toBeNull();
      const params = { streamId: stream.id };
      const test = () => oak.admin(endpoints.testAuditStream, { params });
      expect((await test()).received).toBe(false);
      const put = (client: object | null) =>
        oak.admin(endpoints.updateAuditStream, { params, body: { ...base, client } as never });
      expect(await problemOf(put({ certificate, privateKey: other.key.trim() }))).toMatchObject({
        status: 400,
        fields: [{ path: 'body.client.privateKey' }],
      });
      const updated = await put({ certificate, privateKey });
      expect(updated.client).toEqual({ subject: 'CN=sender.example.com', expiresAt: expect.any(String) });
      expect(await test()).toEqual({ received: true, error: null });
      const seen = JSON.stringify([updated, await oak.admin(endpoints.listAuditStreams), await trail()]);
      expect(seen).not.toContain(privateKey.split('\n')[1]);
      // What is left out stays, null takes it away.
      expect((await oak.admin(endpoints.updateAuditStream, { params, body: base })).client).not.toBeNull();
      expect((await put(null)).client).toBeNull();
      expect((await test()).received).toBe(false);
    } finally {
      await strict.stop();
    }
  });

  test('is tested with a message that is no entry', async () => {
    const { stream } = await toSyslog();
    const tested = await oak.admin(endpoints.testAuditStream, { params: { streamId: stream.id } });
    expect(tested).toEqual({ received: true, error: null });
    expect(siem.received.filter(({ msgId }) => msgId === 'test')).toMatchObject([{ data: { stream: stream.id } }]);
  });
});

describe('settings of streams', () => {
  test('an address inside is refused by its field, and so is a sixth stream', async () => {
    const inside = (body: object) => oak.admin(endpoints.createAuditStream, { body: body as never });
    expect(await problemOf(inside({ kind: 'webhook', name: 'In', url: 'http://10.0.0.7/hook' }))).toMatchObject({
      code: 'address-not-allowed',
      fields: [{ path: 'body.url' }],
    });
    expect(await problemOf(inside({ kind: 'syslog', name: 'In', host: '169.254.169.254' }))).toMatchObject({
      code: 'address-not-allowed',
      fields: [{ path: 'body.host' }],
    });
    const added = await Promise.allSettled(Array.from({ length: 8 }, () => toWebhook('now')));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(await problemOf(toWebhook())).toMatchObject({ status: 409, code: 'in-use' });
  });

  test('the kind stays, the address is never shown, and another operator sees nothing', async () => {
    const { stream } = await toWebhook('now');
    const params = { streamId: stream.id };
    const other = { kind: 'syslog' as const, name: 'X', host: 'localhost', port: siem.port };
    expect(await problemOf(oak.admin(endpoints.updateAuditStream, { params, body: other }))).toMatchObject({
      fields: [{ path: 'body.kind' }],
    });
    const renamed = await oak.admin(endpoints.updateAuditStream, {
      params,
      body: { kind: 'webhook', name: 'Renamed' },
    });
    expect(renamed).toMatchObject({ name: 'Renamed', target: `127.0.0.1:${sink.port}` });
    expect(JSON.stringify(await oak.admin(endpoints.listAuditStreams))).not.toContain('k3y-of');
    const elm = await api.operator(`Elm ${crypto.randomUUID().slice(0, 6)}`);
    expect((await elm.admin(endpoints.listAuditStreams)).items).toEqual([]);
    expect(await problemOf(elm.admin(endpoints.deleteAuditStream, { params }))).toMatchObject({ status: 404 });
  });
});
