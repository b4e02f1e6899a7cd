import pino from 'pino';
import { WebhookPayload } from '@loopstart/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IncidentRepository } from '../src/alerting/incidents/incident.repository.ts';
import { LiveBus } from '../src/core/bus/live-bus.ts';
import { PgNotifications } from '../src/core/bus/pg-notifications.ts';
import { Database, type Sql } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { DigestRepository } from '../src/alerting/escalation/digest.repository.ts';
import { Digests } from '../src/alerting/escalation/digest.service.ts';
import { EscalationRepository } from '../src/alerting/escalation/escalation.repository.ts';
import { Escalations } from '../src/alerting/escalation/escalation.service.ts';
import { EscalationWorker } from '../src/alerting/escalation/escalation-worker.ts';
import { PolicyWorldRepository } from '../src/alerting/escalation/policy-world.repository.ts';
import { Notifier } from '../src/alerting/escalation/notifier.ts';
import { MaintenanceRepository } from '../src/alerting/hold-backs/maintenance/maintenance.repository.ts';
import { SilenceRepository } from '../src/alerting/hold-backs/silences/silence.repository.ts';
import { DeliverySignal } from '../src/notifications/delivery/delivery-signal.ts';
import { Outbox } from '../src/notifications/delivery/outbox.service.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { plantAnnounced, plantChannel, type PlantedIncident, plantPerson, plantUpdate } from './escalating.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { asOwner } from './postgres.ts';

const MINUTE = 60_000;
/** A Monday, outside of all quiet hours below. */
const T0 = Date.parse('2026-11-23T12:00:00Z');

let database: TestDatabase;
let db: Database;
let now = T0;
let fleet: Planted;
let operatorId: string;

/** The escalations of one API process, without its timer. */
function makeProcess() {
  const log = pino({ level: 'silent' });
  const clock = () => now;
  const worlds = new PolicyWorldRepository();
  const repository = new EscalationRepository();
  const notifications = new PgNotifications(db, database.config, log);
  const outbox = new Outbox(new DeliverySignal(notifications), clock);
  const digests = new DigestRepository();
  const escalations = new Escalations(worlds, repository, digests, new Notifier(outbox, repository), outbox);
  const bus = new LiveBus(notifications, log);
  const shown: string[] = [];
  bus.subscribeFleet((_, event) => {
    if (event.type === 'incident') shown.push(event.incident.id);
  });
  const worker = new EscalationWorker(
    db,
    repository,
    escalations,
    new Digests(digests, worlds, outbox),
    new SilenceRepository(),
    new MaintenanceRepository(),
    worlds,
    outbox,
    new IncidentRepository(),
    bus,
    clock,
    log,
  );
  return { escalations, worker, worlds, shown };
}
let one: ReturnType<typeof makeProcess>;

beforeAll(async () => {
  database = await createDatabase();
  db = new Database(database.config);
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});
beforeEach(async () => {
  now = T0;
  one = makeProcess();
  operatorId = crypto.randomUUID();
  await asOwner(database.ownerUrl, (sql) =>
    sql.query('insert into operator (id, name) values ($1, $2)', [operatorId, `Oak ${operatorId}`]),
  );
  fleet = await plant(database.ownerUrl, operatorId);
});
afterEach(() => rowsOf(database.ownerUrl, `update escalation set stopped = 'resolved', next_at = null`));

const channel = (kind: string, name: string, filters = {}) =>
  plantChannel(database.ownerUrl, operatorId, kind, name, filters);
const inTx = <T>(work: (sql: Sql) => Promise<T>) => db.tx(wholeOperator(operatorId), work);
const announce = async (more: { severity?: string } = {}) => {
  const planted = await plantAnnounced(database.ownerUrl, fleet, new Date(now), more);
  const policy = await inTx((sql) => one.escalations.start(sql, planted.announced, planted.raiseMessageId, now));
  return { ...planted, policy };
};
const later = async (minutes: number) => {
  now += minutes * MINUTE;
  await one.worker.run(now);
};
interface Policy {
  name?: string;
  ordinal?: number;
  isDefault?: boolean;
  match?: object;
  steps?: object[];
  repeat?: object;
  quietHours?: object | null;
  digest?: object | null;
}
const policy = async (more: Policy) => {
  await inTx((sql) => one.worlds.load(sql, operatorId, now));
  const rows = await rowsOf<{ id: string }>(
    database.ownerUrl,
    more.isDefault === true
      ? `update policy set name = $2, ordinal = $3, match = $4, steps = $5, repeat = $6, quiet_hours = $7, digest = $8 where operator_id = $1 and is_default returning id`
      : `insert into policy (operator_id, name, ordinal, match, steps, repeat, quiet_hours, digest) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      operatorId,
      more.name ?? 'Policy',
      more.ordinal ?? 1,
      JSON.stringify(more.match ?? {}),
      JSON.stringify(more.steps ?? [step(0, { type: 'all-channels' })]),
      JSON.stringify(more.repeat ?? { times: 0, everyMinutes: 30 }),
      more.quietHours === undefined || more.quietHours === null ? null : JSON.stringify(more.quietHours),
      more.digest === undefined || more.digest === null ? null : JSON.stringify(more.digest),
    ],
  );
  return rows[0]!.id;
};
const step = (waitMinutes: number, ...targets: object[]) => ({ waitMinutes, targets });
const to = (channelId: string) => ({ type: 'channel', channelId });

/** Everything that was to be sent, in order: when, through what, to whom, and which message. */
async function sent(): Promise<string[]> {
  const rows = await rowsOf<{ at: Date; name: string; recipient: string; type: string; seq: number; payload: unknown }>(
    database.ownerUrl,
    `select d.created_at as at, c.name, d.recipient, m.type, m.seq, m.payload from delivery d join channel c on c.id = d.channel_id
     join outbox_message m on m.id = d.message_id where d.operator_id = $1 order by d.created_at, m.seq, c.name, d.recipient`,
    [operatorId],
  );
  for (const { payload } of rows) WebhookPayload.parse(payload);
  return rows.map(
    ({ at, name, recipient, type, seq }) =>
      `${(at.getTime() - T0) / MINUTE} ${name}${recipient === '' ? '' : `/${recipient}`} ${type} ${seq}`,
  );
}
const notes = async ({ incidentId }: PlantedIncident) =>
  (
    await rowsOf<{ text: string }>(
      database.ownerUrl,
      `select text from incident_entry where incident_id = $1 and kind = 'notified' order by id`,
      [incidentId],
    )
  ).map(({ text }) => text);
const policyOf = async ({ incidentId }: PlantedIncident) =>
  (
    await rowsOf<{ policy_id: string | null }>(database.ownerUrl, 'select policy_id from incident where id = $1', [
      incidentId,
    ])
  )[0]!.policy_id;

describe('the default policy', () => {
  test('notifies all channels except webhooks at once, once', async () => {
    await channel('email', 'Mail');
    await channel('slack', 'Chat');
    await channel('webhook', 'Hook');
    const incident = await announce();
    expect(incident.policy).not.toBeNull();
    await later(60);
    expect(await sent()).toEqual(['0 Chat incident.raised 1', '0 Mail incident.raised 1']);
    expect(await notes(incident)).toEqual(['Notified Mail, Chat']);
  });
  test('without a channel reaches nobody; the first channel is notified as soon as there is one', async () => {
    const incident = await announce();
    expect(incident.policy).toBeNull();
    await later(2);
    await later(2);
    expect(await notes(incident)).toEqual(['Nobody could be notified; retrying every minute']);
    await channel('slack', 'Chat');
    await later(2);
    expect(await sent()).toEqual(['6 Chat incident.raised 1']);
    expect(one.shown.at(-1), 'browsers hear of it').toBe(incident.incidentId);
    expect(await policyOf(incident)).not.toBeNull();
    await later(60);
    expect(await sent()).toHaveLength(1);
  });
  test.for([
    ['everything', {}],
    ['just that', { severities: ['major'] }],
  ] as const)('with a webhook that takes %s is not said to reach nobody', async ([, filters]) => {
    const hook = await channel('webhook', 'Hook', filters);
    const planted = await plantAnnounced(database.ownerUrl, fleet, new Date(now));
    const outbox = new Outbox(
      new DeliverySignal(new PgNotifications(db, database.config, pino({ level: 'silent' }))),
      () => now,
    );
    await inTx(async (sql) => {
      await outbox.deliver(sql, operatorId, planted.raiseMessageId, [{ channelId: hook, recipient: null }]);
      await one.escalations.start(sql, planted.announced, planted.raiseMessageId, now);
    });
    await later(10);
    expect(await notes(planted)).toEqual([]);
    expect(await sent()).toEqual(['0 Hook incident.raised 1']);
  });
});

describe('steps', () => {
  let mail: string;
  let chat: string;
  beforeEach(async () => {
    mail = await channel('email', 'Mail');
    chat = await channel('slack', 'Chat');
  });

  test('follow each other, and those notified before get a reminder', async () => {
    await policy({ steps: [step(0, to(chat)), step(10, to(chat), to(mail))], repeat: { times: 1, everyMinutes: 30 } });
    const incident = await announce();
    await later(9);
    expect(await sent()).toEqual(['0 Chat incident.raised 1']);
    await later(1);
    await later(29);
    expect(await sent()).toHaveLength(3);
    await later(1);
    await later(10);
    await later(600);
    expect(await sent()).toEqual([
      '0 Chat incident.raised 1',
      '10 Mail incident.raised 1',
      '10 Chat incident.updated 2',
      '40 Chat incident.updated 3',
      '50 Chat incident.updated 4',
      '50 Mail incident.updated 4',
    ]);
    const [{ payload }] = (await rowsOf<{ payload: { data: object } }>(
      database.ownerUrl,
      'select payload from outbox_message where incident_id = $1 and seq = 4',
      [incident.incidentId],
    )) as [{ payload: { data: object } }];
    expect(payload.data).toMatchObject({ seq: 4, changed: ['reminder'], severity: 'major', state: 'open' });
  });

  test.for(['acknowledged', 'snoozed', 'resolved'] as const)('stop when it is %s', async (reason) => {
    await policy({ steps: [step(0, to(chat)), step(10, to(mail))] });
    const { incidentId } = await announce();
    await inTx((sql) => one.escalations.stop(sql, incidentId, reason, now));
    await later(60);
    expect(await sent()).toEqual(['0 Chat incident.raised 1']);
  });

  test('begin again when nobody attends to it any more', async () => {
    await policy({ steps: [step(0, to(chat)), step(10, to(mail))] });
    const { incidentId } = await announce();
    await inTx((sql) => one.escalations.stop(sql, incidentId, 'acknowledged', now));
    await later(60);
    await inTx((sql) => one.escalations.resume(sql, incidentId, now));
    await later(10);
    expect(await sent()).toEqual([
      '0 Chat incident.raised 1',
      '60 Chat incident.updated 2',
      '70 Mail incident.raised 1',
    ]);
  });

  test('what was resolved is not taken up again', async () => {
    await policy({ steps: [step(0, to(chat)), step(10, to(mail))] });
    const { incidentId } = await announce();
    await plantUpdate(database.ownerUrl, fleet, incidentId, new Date(now), { resolved: true });
    await later(60);
    expect(await sent()).toEqual(['0 Chat incident.raised 1']);
  });

  test('notify the person on call at their time', async () => {
    const ann = await plantPerson(database.ownerUrl, operatorId, 'Ann');
    const bob = await plantPerson(database.ownerUrl, operatorId, 'Bob');
    const layers = [
      {
        name: 'First',
        userIds: [ann.id, bob.id],
        startsOn: '2026-11-22',
        handOverAt: '12:05',
        turn: 'day',
        only: null,
      },
    ];
    const [{ id: scheduleId }] = (await rowsOf<{ id: string }>(
      database.ownerUrl,
      `insert into schedule (operator_id, name, time_zone, layers) values ($1, 'On call', 'UTC', $2) returning id`,
      [operatorId, JSON.stringify(layers)],
    )) as [{ id: string }];
    await policy({ steps: [step(0, { type: 'schedule', scheduleId })], repeat: { times: 1, everyMinutes: 30 } });
    const incident = await announce();
    await later(30);
    expect(await sent()).toEqual([`0 Mail/${ann.email} incident.raised 1`, `30 Mail/${bob.email} incident.raised 1`]);
    expect(await notes(incident)).toEqual(['Notified Ann by Mail', 'Notified Bob by Mail']);
  });

  test('a silence or maintenance that begins meanwhile keeps them back as long as it lasts', async () => {
    await policy({ steps: [step(0, to(chat)), step(10, to(mail)), step(10, to(chat))] });
    await announce();
    const [{ id: silenceId }] = (await rowsOf<{ id: string }>(
      database.ownerUrl,
      `insert into silence (operator_id, matcher, reason, starts_at, ends_at, created_by_name) values ($1, $2, 'x', $3, $4, 'x') returning id`,
      [operatorId, JSON.stringify({ siteId: fleet.siteId }), new Date(now), new Date(now + 600 * MINUTE)],
    )) as [{ id: string }];
    await later(10);
    await later(10);
    expect(await sent()).toEqual(['0 Chat incident.raised 1']);
    await rowsOf(database.ownerUrl, 'update silence set ended_at = $2 where id = $1', [silenceId, new Date(now)]);
    await later(1);
    expect(await sent()).toEqual(['0 Chat incident.raised 1', '21 Mail incident.raised 1']);
    await rowsOf(
      database.ownerUrl,
      `insert into maintenance_window (operator_id, title, reason, scope, scope_id, time_zone, starts_at, duration_minutes, created_by_name)
       values ($1, 'x', 'x', 'customer', $2, 'UTC', $3, 60, 'x')`,
      [operatorId, fleet.customerId, new Date(now)],
    );
    await later(30);
    expect(await sent()).toHaveLength(2);
    await later(31);
    expect((await sent()).at(-1)).toBe('82 Chat incident.updated 2');
  });
});

describe('which policy', () => {
  test('the first that matches and reaches somebody; where it fails, the next', async () => {
    const chat = await channel('slack', 'Chat');
    const pager = await channel('pagerduty', 'Pager');
    await rowsOf(database.ownerUrl, 'update channel set enabled = false where id = $1', [pager]);
    await policy({ name: 'Dead', ordinal: 1, steps: [step(0, to(pager))] });
    await policy({ name: 'Minor', ordinal: 2, match: { severities: ['minor'] }, steps: [step(0, to(chat))] });
    const living = await policy({ name: 'Living', ordinal: 3, steps: [step(0, to(chat))] });
    expect((await announce()).policy).toEqual({ policyId: living });
    expect(await sent()).toEqual(['0 Chat incident.raised 1']);
  });

  test('one that could tell nobody gives way as soon as another can', async () => {
    const pager = await channel('pagerduty', 'Pager');
    await rowsOf(database.ownerUrl, 'update channel set enabled = false where id = $1', [pager]);
    const dead = await policy({ name: 'Dead', steps: [step(0, to(pager))] });
    const incident = await announce();
    expect(incident.policy).toBeNull();
    await later(2);
    await channel('slack', 'Chat');
    await later(2);
    expect(await sent()).toEqual(['4 Chat incident.raised 1']);
    expect(await policyOf(incident)).not.toBe(dead);
  });

  test('an incident that gets worse goes to the policy of its new severity, whose recipients get raise and update', async () => {
    const chat = await channel('slack', 'Chat');
    const pager = await channel('pagerduty', 'Pager');
    const critical = await policy({
      name: 'Critical',
      ordinal: 1,
      match: { severities: ['critical'] },
      steps: [step(0, to(pager), to(chat))],
    });
    await policy({ name: 'Rest', ordinal: 2, steps: [step(0, to(chat))] });
    const incident = await announce({ severity: 'major' });
    now += 5 * MINUTE;
    await plantUpdate(database.ownerUrl, fleet, incident.incidentId, new Date(now), { severity: 'critical' });
    await later(1);
    await later(60);
    expect(await sent()).toEqual([
      '0 Chat incident.raised 1',
      '6 Pager incident.raised 1',
      '6 Pager incident.updated 2',
      '6 Chat incident.updated 3',
    ]);
    expect(await policyOf(incident)).toBe(critical);
  });

  test('what gets better stays where it is', async () => {
    const chat = await channel('slack', 'Chat');
    await policy({ name: 'All', steps: [step(0, to(chat))] });
    const { incidentId } = await announce({ severity: 'critical' });
    await plantUpdate(database.ownerUrl, fleet, incidentId, new Date(now), { severity: 'minor' });
    await later(10);
    expect(await sent()).toEqual(['0 Chat incident.raised 1']);
    expect(await rowsOf(database.ownerUrl, 'select * from resolve_due_escalations($1)', [new Date(now)])).toEqual([]);
  });

  test('what a removed policy had begun another one takes up', async () => {
    const chat = await channel('slack', 'Chat');
    const mail = await channel('email', 'Mail');
    const gone = await policy({ name: 'Gone', steps: [step(0, to(chat)), step(10, to(mail))] });
    const incident = await announce();
    await rowsOf(database.ownerUrl, 'delete from policy where id = $1', [gone]);
    await later(10);
    expect(await sent()).toEqual([
      '0 Chat incident.raised 1',
      '10 Mail incident.raised 1',
      '10 Chat incident.updated 2',
    ]);
    expect(await policyOf(incident)).not.toBe(gone);
  });
});

describe('quiet hours', () => {
  test('hold the severities they name; an incident that gets worse notifies at once', async () => {
    const chat = await channel('slack', 'Chat');
    const quietHours = {
      timeZone: 'UTC',
      from: '11:00',
      to: '13:00',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      severities: ['minor', 'major'],
    };
    await policy({ steps: [step(0, to(chat))], quietHours });
    const held = await announce();
    const worse = await announce();
    await later(30);
    expect(await sent()).toEqual([]);
    await plantUpdate(database.ownerUrl, fleet, worse.incidentId, new Date(now), { severity: 'critical' });
    await later(1);
    expect(await sent()).toEqual(['31 Chat incident.raised 1', '31 Chat incident.updated 2']);
    await later(29);
    expect((await sent()).slice(2)).toEqual(['60 Chat incident.raised 1']);
    expect(await notes(held)).toEqual(['Notified Chat']);
  });
});

describe('the digest', () => {
  const digest = (targets: object[]) => ({
    timeZone: 'UTC',
    at: '13:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    severities: ['minor'],
    targets,
  });
  const digests = () =>
    rowsOf<{ from: string; total: number; states: string[] }>(
      database.ownerUrl,
      `select payload->'data'->>'from' as "from", (payload->'data'->>'total')::int as total,
         array(select x->>'state' from jsonb_array_elements(payload->'data'->'incidents') x) as states
       from outbox_message where operator_id = $1 and type = 'digest' order by created_at`,
      [operatorId],
    );

  test('lists all incidents at its time, once; later ends are in the next', async () => {
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(mail))], digest: digest([to(mail)]) });
    const first = await announce({ severity: 'minor' });
    await later(10);
    const second = await announce({ severity: 'minor' });
    expect([first.policy, second.policy]).not.toContain(null);
    await later(49);
    expect(await sent()).toEqual([]);
    await later(1);
    await later(1);
    expect(await sent()).toEqual(['60 Mail digest 0']);
    expect(await digests()).toEqual([{ from: '2026-11-23T12:00:00.000Z', total: 2, states: ['open', 'open'] }]);

    await plantUpdate(database.ownerUrl, fleet, first.incidentId, new Date(now), { resolved: true });
    await inTx((sql) => one.escalations.stop(sql, first.incidentId, 'resolved', now));
    await later(24 * 60);
    expect((await digests())[1]).toMatchObject({ total: 1, states: ['resolved'] });
    await later(24 * 60);
    expect(await digests()).toHaveLength(2);
  });

  test('an incident that ended before it is sent is in it as ended, once', async () => {
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(mail))], digest: digest([to(mail)]) });
    const { incidentId } = await announce({ severity: 'minor' });
    await plantUpdate(database.ownerUrl, fleet, incidentId, new Date(now), { resolved: true });
    await inTx((sql) => one.escalations.stop(sql, incidentId, 'resolved', now));
    await later(60);
    await later(24 * 60);
    expect(await digests()).toMatchObject([{ total: 1, states: ['resolved'] }]);
  });

  test('an incident that gets worse meanwhile notifies at once', async () => {
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(mail))], digest: digest([to(mail)]) });
    const { incidentId } = await announce({ severity: 'minor' });
    await plantUpdate(database.ownerUrl, fleet, incidentId, new Date(now), { severity: 'major' });
    await later(1);
    expect(await sent()).toEqual(['1 Mail incident.raised 1', '1 Mail incident.updated 2']);
  });

  test('goes to what can show it alone', async () => {
    await channel('email', 'Mail');
    await channel('pagerduty', 'Pager');
    await policy({ digest: digest([{ type: 'all-channels' }]) });
    await announce({ severity: 'minor' });
    await later(60);
    expect(await sent()).toEqual(['60 Mail digest 0']);
  });

  test('waits for a recipient that can be notified', async () => {
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(mail))], digest: digest([to(mail)]) });
    await announce({ severity: 'minor' });
    await rowsOf(database.ownerUrl, 'update channel set enabled = false where id = $1', [mail]);
    await later(61);
    expect(await digests()).toEqual([]);
    await rowsOf(database.ownerUrl, 'update channel set enabled = true where id = $1', [mail]);
    await later(11);
    expect(await digests()).toHaveLength(1);
  });
});

describe('several processes', () => {
  test('take each step once', async () => {
    const chat = await channel('slack', 'Chat');
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(chat)), step(5, to(mail)), step(5, to(chat))] });
    const incidents = [];
    for (let index = 0; index < 12; index += 1) incidents.push(await announce());
    const processes = [one, makeProcess(), makeProcess(), makeProcess()];
    for (const minutes of [5, 5]) {
      now += minutes * MINUTE;
      await Promise.all(processes.map(({ worker }) => worker.run(now)));
      // An incident locked by another worker is handled by that one.
      await one.worker.run(now);
    }
    const counted = Map.groupBy(await sent(), (line) => line);
    expect([...counted].map(([line, all]) => `${all.length} x ${line}`)).toEqual([
      '12 x 0 Chat incident.raised 1',
      '12 x 5 Mail incident.raised 1',
      '12 x 10 Chat incident.updated 2',
    ]);
  });

  test('one that cannot be taken holds up no other', async () => {
    const chat = await channel('slack', 'Chat');
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(chat)), step(5, to(mail))] });
    const broken = await announce();
    await announce();
    await rowsOf(database.ownerUrl, `update escalation set state = state || '{"told": 5}' where incident_id = $1`, [
      broken.incidentId,
    ]);
    await later(5);
    expect((await sent()).at(-1)).toBe('5 Mail incident.raised 1');
    expect(await sent()).toHaveLength(3);
    expect(await rowsOf(database.ownerUrl, 'select * from resolve_due_escalations($1)', [new Date(now)])).toEqual([]);
  });

  test('of one that dies in the middle nothing is half done', async () => {
    const chat = await channel('slack', 'Chat');
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(chat)), step(5, to(mail))] });
    await announce();
    now += 5 * MINUTE;
    const repository = new EscalationRepository();
    await expect(
      inTx(async (sql) => {
        const [running] = await repository.claimDue(sql, now, 1);
        await one.escalations.proceed(sql, running!, await one.worlds.load(sql, operatorId, now), now);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await sent()).toHaveLength(1);
    await makeProcess().worker.run(now);
    expect(await sent()).toEqual(['0 Chat incident.raised 1', '5 Mail incident.raised 1']);
  });

  test('an acknowledgement and a step never overtake each other', async () => {
    const chat = await channel('slack', 'Chat');
    const mail = await channel('email', 'Mail');
    await policy({ steps: [step(0, to(chat)), step(5, to(mail))] });
    const all = [];
    for (let index = 0; index < 10; index += 1) all.push(await announce());
    now += 5 * MINUTE;
    await Promise.all([
      one.worker.run(now),
      ...all.map(({ incidentId }) =>
        inTx(async (sql) => {
          await sql.query('select from incident where id = $1 for update', [incidentId]);
          await one.escalations.stop(sql, incidentId, 'acknowledged', now);
          await sql.query('update incident set acknowledged_at = clock_timestamp() where id = $1', [incidentId]);
        }),
      ),
    ]);
    await later(60);
    const [{ wrong, stopped }] = (await rowsOf<{ wrong: number; stopped: number }>(
      database.ownerUrl,
      `select (select count(*)::int from escalation where operator_id = $1 and (stopped <> 'acknowledged' or next_at is not null)) as wrong,
         (select count(*)::int from escalation where operator_id = $1 and stopped = 'acknowledged') as stopped`,
      [operatorId],
    )) as [{ wrong: number; stopped: number }];
    expect({ wrong, stopped }).toEqual({ wrong: 0, stopped: 10 });
    expect((await sent()).filter((line) => line.startsWith('65'))).toEqual([]);
  });

  test('nothing of another operator is sent', async () => {
    await channel('slack', 'Chat');
    await announce();
    const other = crypto.randomUUID();
    await asOwner(database.ownerUrl, (sql) => sql.query(`insert into operator (id, name) values ($1, 'Elm')`, [other]));
    const world = await db.tx(wholeOperator(other), (sql) => one.worlds.load(sql, other, now));
    expect(world).toMatchObject({ channels: [], users: [], schedules: [] });
    expect(world.policies).toHaveLength(1);
    await db.tx(wholeOperator(other), async (sql) => {
      expect(await new EscalationRepository().claimDue(sql, now + 600 * MINUTE, 10)).toEqual([]);
    });
  });
});
