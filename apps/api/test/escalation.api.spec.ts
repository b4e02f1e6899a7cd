import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Database } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { Escalations } from '../src/alerting/escalation/escalation.service.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantChannel } from './escalating.ts';
import { plant, type Planted } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { rowsOf } from './ingest.ts';

const MINUTE = 60_000;
let now = Date.parse('2026-11-23T12:00:00Z');
let api: TestApp;
let oak: TestOperator;
let fleet: Planted;
let incidentId: string;

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  fleet = await plant(api.database.ownerUrl, oak.operatorId);
  const first = await plantChannel(api.database.ownerUrl, oak.operatorId, 'slack', 'First');
  const second = await plantChannel(api.database.ownerUrl, oak.operatorId, 'slack', 'Second');
  await oak.admin(endpoints.createPolicy, {
    body: {
      name: 'Two steps',
      steps: [first, second].map((channelId, index) => ({
        waitMinutes: index * 10,
        targets: [{ type: 'channel' as const, channelId }],
      })),
    },
  });
});
afterAll(() => api.close());

/** Announces an incident as the detector does. */
beforeEach(async () => {
  ({ incidentId } = await plantIncident(api.database.ownerUrl, fleet, new Date(now)));
  const [raise] = await rowsOf<{ id: string }>(
    api.database.ownerUrl,
    'select id from outbox_message where incident_id = $1',
    [incidentId],
  );
  const place = { customerId: fleet.customerId, siteId: fleet.siteId, lineDeviceClass: null };
  const incident = {
    id: incidentId,
    operatorId: oak.operatorId,
    severity: 'major',
    kind: 'gateway-unreachable',
    ...place,
  };
  await api.app
    .get(Database)
    .tx(wholeOperator(oak.operatorId), (sql) => api.app.get(Escalations).start(sql, incident, raise!.id, now));
});

/** The messages sent to each channel, in order. */
const sent = async () =>
  (
    await rowsOf<{ name: string; type: string }>(
      api.database.ownerUrl,
      `select c.name, m.type from delivery d join channel c on c.id = d.channel_id join outbox_message m on m.id = d.message_id
       where m.incident_id = $1 order by m.seq, d.created_at, c.name`,
      [incidentId],
    )
  ).map(({ name, type }) => `${name} ${type}`);
const stopped = async () =>
  (
    await rowsOf<{ stopped: string | null }>(
      api.database.ownerUrl,
      'select stopped from escalation where incident_id = $1',
      [incidentId],
    )
  )[0]!.stopped;
const params = () => ({ incidentId });

test('steps are taken automatically when they are due', async () => {
  expect(await sent()).toEqual(['First incident.raised']);
  now += 10 * MINUTE;
  await vi.waitFor(async () => expect(await sent()).toEqual(['First incident.raised', 'Second incident.raised']), {
    timeout: 20_000,
  });
  const { timeline } = await oak.viewer(endpoints.getIncident, { params: params() });
  expect(timeline.filter(({ kind }) => kind === 'notified').map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Notified First', 'Notified Second']),
  );
});

test('who acknowledges stops it; who takes that back has it begin again', async () => {
  await oak.technician(endpoints.acknowledgeIncident, { params: params(), body: {} });
  expect(await stopped()).toBe('acknowledged');
  await oak.technician(endpoints.withdrawAcknowledgement, { params: params() });
  expect(await stopped()).toBeNull();
  const reminders = await rowsOf<{ changed: string[] }>(
    api.database.ownerUrl,
    `select payload->'data'->'changed' as changed from outbox_message where incident_id = $1 and type = 'incident.updated' order by seq`,
    [incidentId],
  );
  expect(reminders.at(-1)!.changed).toEqual(['reminder']);
  expect(await sent()).not.toContain('Second incident.raised');
});

test('a snooze holds it back, and its end has it begin again', async () => {
  const until = new Date(now + 60 * MINUTE).toISOString();
  await oak.technician(endpoints.snoozeIncident, { params: params(), body: { until } });
  expect(await stopped()).toBe('snoozed');
  await oak.technician(endpoints.snoozeIncident, { params: params(), body: { until: null } });
  expect(await stopped()).toBeNull();
});
