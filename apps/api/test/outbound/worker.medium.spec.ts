import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { OutboxRetention } from '../../src/notifications/delivery/retention.ts';
import { asOwner } from '../postgres.ts';
import { Office } from './office.ts';
import { Sink } from './sink.ts';
import { wholeOperator } from '../../src/core/db/scope.ts';

let office: Office;
let sink: Sink;
/** Real time, moved on by hand. */
let ahead: number;

beforeEach(async () => {
  ahead = 0;
  office = await Office.open({ clock: () => Date.now() + ahead });
  sink = await Sink.start();
});
afterEach(async () => {
  await sink.stop();
  await office.close();
});

const types = () => sink.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const delivered = (count: number) => (rows: { state: string }[]) =>
  rows.filter(({ state }) => state === 'delivered').length === count;

describe('a message', () => {
  test('goes out after its commit, signed as the public library expects', async () => {
    await office.startWorker();
    const { id, key } = await office.addWebhook(sink.url());
    const messageId = await office.tell('incident.raised', 1);
    const [request] = await sink.until(1);
    expect(request).toMatchObject({ method: 'POST', path: '/hook' });
    expect(request!.headers['webhook-id']).toBe(`msg_${messageId}`);
    const payload = new Webhook(key.secret).verify(request!.body, request!.headers as Record<string, string>);
    expect(payload).toMatchObject({ type: 'incident.raised', data: { number: 7 } });
    await office.until(id, delivered(1));
  });

  test('that was rolled back is never said', async () => {
    await office.startWorker();
    const { id } = await office.addWebhook(sink.url());
    const rolledBack = office.tx(async (sql) => {
      await office.outbox.enqueue(sql, office.message('incident.raised', 1, randomUUID()));
      throw new Error('changed our mind');
    });
    await expect(rolledBack).rejects.toThrow('changed our mind');
    await office.tell('incident.raised', 1);
    await office.until(id, delivered(1));
    expect(sink.received).toHaveLength(1);
  });

  test('enqueued twice is one', async () => {
    const { id } = await office.addWebhook(sink.url());
    const first = await office.tell('incident.raised', 1);
    expect(await office.tell('incident.raised', 1)).toBe(first);
    expect(await office.deliveries(id)).toHaveLength(1);
  });

  test('goes to the webhooks whose filters match it, and its end to all that were notified of it', async () => {
    await office.startWorker();
    const all = await office.addWebhook(sink.url('/all'));
    const critical = await office.addWebhook(sink.url('/critical'), { filters: { severities: ['critical'] } });
    const major = await office.addWebhook(sink.url('/major'), { filters: { severities: ['major'] } });
    await office.tell('incident.raised', 1);
    await office.tell('incident.resolved', 2, { data: { severity: 'minor', state: 'resolved' } });
    await Promise.all([office.until(all.id, delivered(2)), office.until(major.id, delivered(2))]);
    expect(await office.deliveries(critical.id)).toEqual([]);
  });

  test('reaches a channel once, however often a policy names it', async () => {
    const channelId = await office.addChannel('slack', {}, { secret: { url: sink.url() } });
    const messageId = await office.tell('incident.raised', 1, { to: [channelId] });
    await office.tx((sql) =>
      office.outbox.deliver(sql, office.operatorId, messageId, [
        { channelId, recipient: null },
        { channelId, recipient: 'anna@example.com' },
      ]),
    );
    expect((await office.deliveries(channelId)).map(({ recipient }) => recipient).sort()).toEqual([
      '',
      'anna@example.com',
    ]);
    const recipients = await office.tx((sql) =>
      office.outbox.recipientsOf(sql, '0b0f8c52-6a0e-4f7e-9d70-1c8f6f1b2a11'),
    );
    expect(recipients).toHaveLength(2);
    expect(recipients).toContainEqual({ channelId, recipient: null });
    expect(recipients).toContainEqual({ channelId, recipient: 'anna@example.com' });
  });
});

describe('order', () => {
  test('messages of an incident are sent in order, despite failures; others do not wait', async () => {
    const { id } = await office.addWebhook(sink.url());
    sink.answer = ({ body }, index) => ({ status: index === 0 && body.includes('raised') ? 500 : 200 });
    await office.startWorker();
    await office.tell('incident.raised', 1);
    await sink.until(1);
    await office.tell('incident.acknowledged', 2);
    await office.tell('incident.resolved', 3);
    const other = randomUUID();
    await office.tell('incident.raised', 1, { incidentId: other });
    await office.until(id, delivered(1));
    expect(types()).toEqual(['incident.raised', 'incident.raised']);
    ahead = 60_000;
    await office.until(id, delivered(4));
    expect(types().slice(2)).toEqual(['incident.raised', 'incident.acknowledged', 'incident.resolved']);
  });

  test('a delivery that was given up lets the next go', async () => {
    const { id } = await office.addWebhook(sink.url());
    sink.answer = ({ body }) => ({ status: body.includes('raised') ? 500 : 200 });
    await office.tell('incident.raised', 1);
    await office.tx((sql) => sql.query('update delivery set attempts = 9'));
    await office.startWorker();
    await office.tell('incident.resolved', 2);
    const rows = await office.until(id, delivered(1));
    expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['failed', 10],
      ['delivered', 1],
    ]);
  });
});

describe('retries', () => {
  test('keep the id and take a new timestamp; the pause is that of the schedule', async () => {
    const { id, key } = await office.addWebhook(sink.url());
    sink.answer = (_, index) => ({ status: index === 0 ? 503 : 204, body: 'busy' });
    await office.startWorker();
    await office.tell('incident.raised', 1);
    const [waiting] = await office.until(id, ([row]) => row?.attempts === 1 && row.state === 'pending');
    expect(waiting).toMatchObject({ last_status: 503, last_error: 'It answered 503.' });
    expect(waiting!.next_attempt_at.getTime() - Date.now()).toBeGreaterThan(3_000);
    ahead = 6_000;
    await office.until(id, delivered(1));
    const [first, second] = sink.received;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(Number(second!.headers['webhook-timestamp'])).toBeGreaterThan(Number(first!.headers['webhook-timestamp']));
    expect(second!.headers['webhook-signature']).not.toBe(first!.headers['webhook-signature']);
    new Webhook(key.secret).verify(second!.body, second!.headers as Record<string, string>);
    const { rows } = await office.tx((sql) =>
      sql.query('select number, status, answer from delivery_attempt order by number'),
    );
    expect(rows).toEqual([
      { number: 1, status: 503, answer: 'busy' },
      { number: 2, status: 204, answer: null },
    ]);
  });

  test('wait as long as the receiver asks for, and with them the whole channel', async () => {
    const { id } = await office.addWebhook(sink.url());
    sink.answer = (_, index) => (index === 0 ? { status: 429, headers: { 'retry-after': '600' } } : { status: 200 });
    await office.startWorker();
    await office.tell('incident.raised', 1);
    const [waiting] = await office.until(id, ([row]) => row?.state === 'pending' && row.attempts === 1);
    expect(waiting!.next_attempt_at.getTime() - Date.now()).toBeGreaterThan(590_000);
    await office.tell('incident.raised', 1, { incidentId: randomUUID() });
    ahead = 590_000;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(sink.received).toHaveLength(1);
    ahead = 601_000;
    await office.until(id, delivered(2));
  });
});

describe('a channel that fails', () => {
  test('delays no other', async () => {
    const dead = await Sink.start();
    dead.answer = () => 'hang';
    const bad = await office.addWebhook(dead.url(), { name: 'dead' });
    const { id } = await office.addWebhook(sink.url());
    await office.startWorker();
    const incidents = Array.from({ length: 60 }, () => randomUUID());
    for (const incidentId of incidents) await office.tell('incident.raised', 1, { incidentId });
    await office.until(id, delivered(incidents.length));
    expect((await office.deliveries(bad.id)).filter(({ state }) => state === 'delivered')).toEqual([]);
    await dead.stop();
  });

  test('is left alone by its circuit breaker, and gets all that waits once it is well', async () => {
    const { id } = await office.addWebhook(sink.url());
    sink.answer = () => ({ status: 500 });
    await office.startWorker();
    for (let n = 0; n < 12; n += 1) await office.tell('incident.raised', 1, { incidentId: randomUUID() });
    const open = () =>
      office.tx((sql) =>
        sql.query<{ circuit: string }>("select health ->> 'circuit' as circuit from channel where id = $1", [id]),
      );
    for (;;) if ((await open()).rows[0]?.circuit === 'open') break;
    const tried = sink.received.length;
    expect(tried).toBeLessThanOrEqual(16);
    sink.answer = () => ({ status: 200 });
    ahead = 31_000;
    await office.until(id, delivered(12));
    expect((await open()).rows[0]?.circuit).toBe('closed');
  });

  test('with 410 is switched off at once, with a notice by the fallback', async () => {
    const spare = await office.addChannel('slack', {}, { secret: { url: sink.url('/slack') } });
    const { id } = await office.addWebhook(sink.url('/gone'), { fallback: spare, name: 'Desk' });
    sink.answer = ({ path }) => ({ status: path === '/gone' ? 410 : 200 });
    await office.tell('incident.raised', 1);
    await office.tell('incident.resolved', 2);
    await office.startWorker();
    await office.until(spare, delivered(1));
    const { rows } = await office.tx((sql) =>
      sql.query('select enabled, disabled_reason from channel where id = $1', [id]),
    );
    expect(rows).toEqual([{ enabled: false, disabled_reason: expect.stringContaining('410') }]);
    expect((await office.deliveries(id)).map(({ state }) => state)).toEqual(['failed', 'abandoned']);
    expect(sink.received.at(-1)!.body).toContain('The channel \\"Desk\\" was switched off');
    await office.tell('incident.raised', 1, { incidentId: randomUUID() });
    expect((await office.deliveries(id)).at(-1)).toMatchObject({ state: 'abandoned' });
  });
});

describe('a channel that failed for five days', () => {
  const worn = (id: string) =>
    office.tx((sql) =>
      sql.query(
        `update channel set failing_since = now() - interval '121 hours', health = '{"circuit":"open","failures":40,"openings":9,"throttles":0}' where id = $1`,
        [id],
      ),
    );

  test('is switched off, with a notice to all e-mail channels where there is no fallback', async () => {
    const mail = await office.addChannel('email', { to: ['desk@example.com'] });
    const { id } = await office.addWebhook(sink.url());
    sink.answer = () => ({ status: 500 });
    await worn(id);
    await office.startWorker();
    await office.tell('incident.raised', 1);
    const [notice] = await office.until(mail, (rows) => rows.length === 1);
    expect(notice).toMatchObject({ type: 'endpoint.disabled' });
    const { rows } = await office.tx((sql) =>
      sql.query('select enabled, disabled_reason from channel where id = $1', [id]),
    );
    expect(rows).toEqual([{ enabled: false, disabled_reason: expect.stringContaining('for 120 hours') }]);
  });

  test('that works again just then stays on', async () => {
    const { id } = await office.addWebhook(sink.url());
    await worn(id);
    await office.startWorker();
    await office.tell('incident.raised', 1);
    await office.until(id, delivered(1));
    const { rows } = await office.tx((sql) =>
      sql.query('select enabled, failing_since from channel where id = $1', [id]),
    );
    expect(rows).toEqual([{ enabled: true, failing_since: null }]);
  });
});

test('messages older than the retention are deleted; pending ones are not', async () => {
  const { id } = await office.addWebhook(sink.url());
  await office.startWorker();
  await office.tell('incident.raised', 1);
  await office.until(id, delivered(1));
  sink.answer = () => ({ status: 500 });
  const waiting = await office.tell('incident.resolved', 2);
  await office.until(id, (rows) => rows.some(({ attempts, state }) => attempts === 1 && state === 'pending'));
  const retention = new OutboxRetention(office.db, office.database.config, () => Date.now() + ahead);
  expect(await retention.forget()).toBe(0);
  ahead = 25 * 31 * 86_400_000;
  await office.tx((sql) => sql.query('update channel set enabled = false'));
  expect(await retention.forget()).toBe(1);
  const { rows } = await office.tx((sql) =>
    sql.query('select m.id, (select count(*)::int from delivery_attempt) as attempts from outbox_message m'),
  );
  // The attempt of the deleted message is deleted too.
  expect(rows).toEqual([{ id: waiting, attempts: 1 }]);
});

describe('fairness', () => {
  test('the backlog of one channel keeps no other from its first', async () => {
    const [busy, quiet] = [await office.addWebhook(sink.url('/busy')), await office.addWebhook(sink.url('/quiet'))];
    await office.tx(async (sql) => {
      for (let n = 0; n < 300; n += 1) {
        const message = office.message('incident.raised', 1, randomUUID());
        const id = await office.outbox.enqueue(sql, { ...message, incidentId: null });
        await office.outbox.deliver(sql, office.operatorId, id, [{ channelId: busy.id, recipient: null }]);
        if (n === 299)
          await office.outbox.deliver(sql, office.operatorId, id, [{ channelId: quiet.id, recipient: null }]);
      }
    });
    await office.startWorker();
    await office.until(busy.id, delivered(300));
    expect(sink.received.findIndex(({ path }) => path === '/quiet')).toBeLessThan(50);
  });

  test('operators do not see each other, and are served together', async () => {
    const { id } = await office.addWebhook(sink.url('/oak'));
    const elm = randomUUID();
    await asOwner(office.database.ownerUrl, (sql) =>
      sql.query("insert into operator (id, name) values ($1, 'Elm')", [elm]),
    );
    const elms = randomUUID();
    await office.db.tx(wholeOperator(elm), async (sql) => {
      await sql.query(
        `insert into channel (id, operator_id, kind, name, config, secret) values ($1, $2, 'slack', 'Elm', '{}', $3)`,
        [elms, elm, await office.decryptor.seal({ operatorId: elm, id: elms }, { url: sink.url('/elm') })],
      );
      const message = { ...office.message('incident.raised', 1, randomUUID()), operatorId: elm };
      const messageId = await office.outbox.enqueue(sql, message);
      // A channel of another operator is none.
      await office.outbox.deliver(sql, elm, messageId, [
        { channelId: elms, recipient: null },
        { channelId: id, recipient: null },
      ]);
    });
    await office.tell('incident.raised', 1);
    await office.startWorker();
    await sink.until(2);
    await office.until(id, delivered(1));
    expect(sink.received.map(({ path }) => path).toSorted()).toEqual(['/elm', '/oak']);
  });
});

describe('a secret sealed with another key', () => {
  test('fails the delivery with a reason, and nothing else', async () => {
    const broken = await office.addChannel('slack', {}, { secret: { url: sink.url('/x') } });
    await office.tx((sql) =>
      sql.query("update channel set secret = decode('00000000', 'hex') || substring(secret from 5) where id = $1", [
        broken,
      ]),
    );
    const { id } = await office.addWebhook(sink.url('/y'));
    await office.startWorker();
    await office.tell('incident.raised', 1, { to: [broken] });
    await office.until(id, delivered(1));
    const [row] = await office.until(broken, ([one]) => one?.attempts === 1 && one.state === 'pending');
    expect(row!.last_error).toContain('LOOPSTART_SECRET_KEY');
  });
});

describe('while the database is away', () => {
  test('an outcome is kept, and nothing is sent twice', async () => {
    const { id } = await office.addWebhook(sink.url());
    sink.answer = () => ({ status: 200, afterMs: 150 });
    await office.startWorker();
    await office.tell('incident.raised', 1);
    await sink.until(1);
    // Every connection of the pool breaks while the answer is on its way, and again a little later.
    const cut = () =>
      asOwner(office.database.ownerUrl, (sql) =>
        sql.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        ),
      );
    for (let n = 0; n < 8; n += 1) {
      await cut();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (;;) {
      const rows = await office.deliveries(id).catch(() => []);
      if (delivered(1)(rows)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(sink.received).toHaveLength(1);
  });
});

describe('several processes', () => {
  test('send each message once', async () => {
    const { id } = await office.addWebhook(sink.url());
    for (let n = 0; n < 3; n += 1) await office.startWorker();
    const incidents = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(incidents.map((incidentId) => office.tell('incident.raised', 1, { incidentId })));
    await office.until(id, delivered(incidents.length));
    expect(new Set(sink.received.map(({ headers }) => headers['webhook-id'])).size).toBe(100);
    expect(sink.received).toHaveLength(100);
  });

  test('take over what a dead one held, with the same id', async () => {
    const { id } = await office.addWebhook(sink.url());
    const messageId = await office.tell('incident.raised', 1);
    await office.tx((sql) =>
      sql.query(
        "update delivery set state = 'sending', attempts = 1, lease_until = now() + interval '20 s', next_attempt_at = now() + interval '20 s'",
      ),
    );
    await office.startWorker();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(sink.received).toEqual([]);
    ahead = 21_000;
    const rows = await office.until(id, delivered(1));
    expect(rows[0]).toMatchObject({ attempts: 2 });
    expect(sink.received[0]!.headers['webhook-id']).toBe(`msg_${messageId}`);
  });

  test('that stop give back what they have not begun', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push((await office.addWebhook(sink.url())).id);
    sink.answer = () => ({ status: 200, afterMs: 200 });
    const worker = await office.startWorker();
    await office.tx(async (sql) => {
      for (let n = 0; n < 20; n += 1)
        await office.outbox.enqueue(sql, office.message('incident.raised', 1, randomUUID()));
    });
    office.outbox.wake();
    await sink.until(1);
    await worker.onModuleDestroy();
    const rows = (await Promise.all(ids.map((id) => office.deliveries(id)))).flat();
    const states = new Set(rows.map(({ state, attempts }) => `${state} ${attempts}`));
    expect(states).toEqual(new Set(['delivered 1', 'pending 0']));
    expect(rows.filter(({ state }) => state === 'delivered')).toHaveLength(sink.received.length);
  });

  test('that stop let what is under way end', async () => {
    const { id } = await office.addWebhook(sink.url());
    sink.answer = () => ({ status: 200, afterMs: 300 });
    const worker = await office.startWorker();
    await office.tell('incident.raised', 1);
    await sink.until(1);
    await worker.onModuleDestroy();
    expect((await office.deliveries(id)).map(({ state }) => state)).toEqual(['delivered']);
  });
});
