import { endpoints, type LiveEvent } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveBus } from '../src/core/bus/live-bus.ts';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { rowsOf } from './ingest.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
let clockMs = NOW;

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let ids: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => clockMs });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  ids = await plant(api.database.ownerUrl, oak.operatorId, {
    customer: 'Harbour Hotels',
    site: 'North House',
    gateway: 'Alpha',
    ports: [{ label: 'Lift 2', number: '201', device: 'lift-phone' }, {}],
  });
});
afterAll(() => api.close());

const rows = (text: string, values: unknown[] = []) =>
  rowsOf<Record<string, unknown>>(api.database.ownerUrl, text, values);
const messagesOf = async (incidentId: string) =>
  (await rows('select type, seq from outbox_message where incident_id = $1 order by seq', [incidentId])).map(
    ({ type, seq }) => `${String(seq)} ${String(type)}`,
  );
const make = (change: Parameters<typeof plantIncident>[3] = {}) =>
  plantIncident(api.database.ownerUrl, ids, new Date(NOW - 60_000), change);

describe('one incident', () => {
  test('is shown with its evidence, its way down from the operator, what it explains and what was done', async () => {
    const { incidentId } = await make({ explains: 2 });
    const incident = await oak.viewer(endpoints.getIncident, { params: { incidentId } });
    expect(incident).toMatchObject({
      title: 'Gateway unreachable',
      kind: 'gateway-unreachable',
      attention: 'open',
      place: { customer: { name: 'Harbour Hotels' }, site: { name: 'North House' }, gateway: { name: 'Alpha' } },
      why: 'Alpha has not answered for 60 s.',
      suppressedTotal: 2,
      policy: null,
      reachesNobody: true,
    });
    expect(incident.path.map(({ type, cause, state }) => `${type} ${state}${cause ? ' cause' : ''}`)).toEqual([
      'operator fine',
      'site fine',
      'agent fine',
      'gateway wrong cause',
    ]);
    expect(incident.suppressed.map(({ hold }) => hold)).toEqual([
      { reason: 'suppressed', until: null, by: { id: incident.rootAlertId, title: 'Gateway unreachable' } },
      { reason: 'suppressed', until: null, by: { id: incident.rootAlertId, title: 'Gateway unreachable' } },
    ]);
    expect(incident.evidence.thresholds['raiseAfterS']).toEqual({
      value: 0,
      unit: 's',
      label: 'Bad for so long before it is an alert',
      scope: 'customer',
      scopeName: 'Harbour Hotels',
      reason: 'They asked for it.',
    });
  });

  test('is acknowledged once, for any number of requests', async () => {
    const { incidentId } = await make();
    const ask = (client = oak.technician) =>
      client(endpoints.acknowledgeIncident, { params: { incidentId }, body: {} });
    const answers = await Promise.all([ask(), ask(oak.admin), ask(), ask(oak.admin)]);
    expect(new Set(answers.map(({ acknowledgedBy }) => acknowledgedBy)).size).toBe(1);
    expect(answers[0]).toMatchObject({ attention: 'acknowledged', acknowledgedAt: new Date(clockMs).toISOString() });
    expect(await messagesOf(incidentId)).toEqual(['1 incident.raised', '2 incident.acknowledged']);
    const { timeline } = await oak.viewer(endpoints.getIncident, { params: { incidentId } });
    expect(timeline.filter(({ kind }) => kind === 'acknowledged')).toHaveLength(1);
    const audit = await rows("select verb from audit_entry where subject_id = $1 and verb = 'acknowledge'", [
      incidentId,
    ]);
    expect(audit).toHaveLength(1);
  });

  test('goes back to nobody, with the message of that', async () => {
    const { incidentId } = await make();
    const params = { incidentId };
    await oak.technician(endpoints.acknowledgeIncident, { params, body: { comment: 'On my way.' } });
    const back = await oak.technician(endpoints.withdrawAcknowledgement, { params });
    expect(back).toMatchObject({ attention: 'open', acknowledgedBy: null });
    await oak.technician(endpoints.withdrawAcknowledgement, { params });
    expect(await messagesOf(incidentId)).toEqual([
      '1 incident.raised',
      '2 incident.acknowledged',
      '3 incident.updated',
    ]);
    const { timeline } = await oak.viewer(endpoints.getIncident, { params });
    expect(timeline.map(({ kind, by }) => `${kind} ${by ?? ''}`.trim())).toEqual([
      'announced',
      'acknowledged Oak technician',
      'commented Oak technician',
      'acknowledgement-withdrawn Oak technician',
    ]);
  });

  test('is assigned to the person who acknowledges it, unless it has an assignee', async () => {
    const { items: people } = await oak.viewer(endpoints.listPeople);
    const admin = people.find(({ name }) => name === 'Oak admin')!;
    const own = { params: await make() };
    const mine = await oak.technician(endpoints.acknowledgeIncident, { ...own, body: {} });
    expect(mine.assignedTo?.name).toBe('Oak technician');
    expect((await oak.technician(endpoints.withdrawAcknowledgement, own)).assignedTo).toBeNull();

    const given = { params: await make() };
    await oak.technician(endpoints.assignIncident, { ...given, body: { userId: admin.id } });
    const theirs = await oak.technician(endpoints.acknowledgeIncident, { ...given, body: {} });
    expect(theirs).toMatchObject({ acknowledgedBy: 'Oak technician', assignedTo: { name: 'Oak admin' } });
    const back = await oak.technician(endpoints.withdrawAcknowledgement, given);
    expect(back.assignedTo?.name).toBe('Oak admin');
  });

  test('is assigned only to people of the operator', async () => {
    const { incidentId } = await make();
    const params = { incidentId };
    const { items } = await oak.viewer(endpoints.listPeople, {});
    const theirs = await elm.viewer(endpoints.listPeople, {});
    const given = await oak.technician(endpoints.assignIncident, { params, body: { userId: items[0]!.id } });
    expect(given.assignedTo).toEqual({ id: items[0]!.id, name: items[0]!.name });
    const wrong = oak.technician(endpoints.assignIncident, { params, body: { userId: theirs.items[0]!.id } });
    expect(await problemOf(wrong)).toMatchObject({ status: 400, fields: [{ path: 'body.userId' }] });
    expect(await messagesOf(incidentId)).toEqual(['1 incident.raised', '2 incident.updated']);
  });

  test('is snoozed until a time to come, and awake after it', async () => {
    const { incidentId } = await make();
    const params = { incidentId };
    const until = new Date(clockMs + 3_600_000).toISOString();
    const past = oak.technician(endpoints.snoozeIncident, { params, body: { until: new Date(NOW).toISOString() } });
    expect(await problemOf(past)).toMatchObject({ status: 400, fields: [{ path: 'body.until' }] });
    expect(await oak.technician(endpoints.snoozeIncident, { params, body: { until } })).toMatchObject({
      attention: 'snoozed',
      snoozedUntil: until,
    });
    const ended = await oak.technician(endpoints.snoozeIncident, { params, body: { until: null } });
    expect(ended).toMatchObject({ attention: 'open', snoozedUntil: null });
  });

  test('is commented, and browsers hear of it', async () => {
    const { incidentId } = await make();
    const events: LiveEvent[] = [];
    const stop = api.app.get(LiveBus).subscribe(oak.operatorId, (event) => events.push(event));
    await oak.technician(endpoints.commentIncident, { params: { incidentId }, body: { text: 'Called the site.' } });
    stop();
    expect(events).toContainEqual(expect.objectContaining({ type: 'incident' }));
    const { timeline } = await oak.viewer(endpoints.getIncident, { params: { incidentId } });
    expect(timeline.at(-1)).toMatchObject({ kind: 'commented', by: 'Oak technician', text: 'Called the site.' });
  });

  test('that is over is not acknowledged any more', async () => {
    const { incidentId } = await make({ state: 'resolved' });
    const answer = await oak.technician(endpoints.acknowledgeIncident, { params: { incidentId }, body: {} });
    expect(answer).toMatchObject({ attention: 'resolved', acknowledgedBy: null });
    expect(await messagesOf(incidentId)).toEqual(['1 incident.raised']);
  });

  test("another operator's is not there, and stays as it is", async () => {
    const { incidentId } = await make();
    for (const ask of [
      () => elm.admin(endpoints.getIncident, { params: { incidentId } }),
      () => elm.admin(endpoints.acknowledgeIncident, { params: { incidentId }, body: {} }),
      () => elm.admin(endpoints.commentIncident, { params: { incidentId }, body: { text: 'x' } }),
      () => elm.admin(endpoints.snoozeIncident, { params: { incidentId }, body: { until: null } }),
    ])
      expect(await problemOf(ask())).toMatchObject({ status: 404, code: 'not-found' });
    expect(await elm.admin(endpoints.acknowledgeIncidents, { body: { ids: [incidentId] } })).toEqual({
      acknowledged: 0,
      already: 0,
      notFound: 1,
    });
    expect(await messagesOf(incidentId)).toEqual(['1 incident.raised']);
  });
});

describe('many at once', () => {
  test('each is acknowledged exactly once however many ask at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => make()));
    const all = made.map(({ incidentId }) => incidentId);
    const answers = await Promise.all(
      [all, [...all].reverse(), all, all.slice(10)].map((some) =>
        oak.technician(endpoints.acknowledgeIncidents, { body: { ids: some } }),
      ),
    );
    expect(answers.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBe(30);
    for (const { acknowledged, already, notFound } of answers) {
      expect([20, 30]).toContain(acknowledged + already);
      expect(notFound).toBe(0);
    }
    const counted = await rows(
      `select count(*)::int as count from outbox_message where type = 'incident.acknowledged' and incident_id = any ($1) group by incident_id`,
      [all],
    );
    expect(counted).toEqual(all.map(() => ({ count: 1 })));
  });

  test('by a filter, that of the inbox', async () => {
    const other = await plant(api.database.ownerUrl, oak.operatorId, { site: 'Quay' });
    for (let count = 0; count < 3; count += 1) await plantIncident(api.database.ownerUrl, other, new Date(NOW));
    const body = { filter: { attention: 'open' as const, siteId: other.siteId } };
    expect(await oak.technician(endpoints.acknowledgeIncidents, { body })).toEqual({
      acknowledged: 3,
      already: 0,
      notFound: 0,
    });
    expect(await oak.technician(endpoints.acknowledgeIncidents, { body })).toEqual({
      acknowledged: 0,
      already: 0,
      notFound: 0,
    });
  });
});

describe('the inbox', () => {
  let inbox: TestOperator;
  let there: Planted;
  beforeAll(async () => {
    inbox = await api.operator('Inbox');
    there = await plant(api.database.ownerUrl, inbox.operatorId, { site: 'South Pier', gateway: 'Gamma' });
    const at = (seconds: number) => new Date(NOW - seconds * 1000);
    await plantIncident(api.database.ownerUrl, there, at(50), { severity: 'minor' });
    await plantIncident(api.database.ownerUrl, there, at(40), { severity: 'critical' });
    await plantIncident(api.database.ownerUrl, there, at(30), { severity: 'major' });
    await plantIncident(api.database.ownerUrl, there, at(20), { severity: 'critical' });
    await plantIncident(api.database.ownerUrl, there, at(10), { severity: 'critical', state: 'resolved' });
  });

  const numbers = (query: Record<string, unknown>) =>
    allPages((cursor) =>
      inbox.viewer(endpoints.listIncidents, { query: { limit: 2, ...query, ...cursor } as never }),
    ).then((items) => items.map(({ number }) => number));

  test('most urgent first, then newest, page by page', async () => {
    expect(await numbers({})).toEqual([4, 2, 3, 1]);
  });

  test.for<[string, Record<string, unknown>, number[]]>([
    ['what is over', { attention: 'resolved' }, [5]],
    ['everything', { attention: 'all' }, [5, 4, 2, 3, 1]],
    ['by severity', { severity: 'minor,major' }, [3, 1]],
    ['by kind', { kind: 'agent-silent' }, []],
    ['by words of the place', { q: 'south' }, [4, 2, 3, 1]],
    ['by its number', { q: '#3' }, [3]],
    ['given to nobody', { assignedTo: 'nobody' }, [4, 2, 3, 1]],
    ['given to me', { assignedTo: 'me' }, []],
    ['since a time', { from: new Date(NOW - 35_000).toISOString() }, [4, 3]],
  ])('%s', async ([, query, expected]) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test('by what a gateway is called that has no name and no known model', async () => {
    const set = (values: string) =>
      rowsOf(api.database.ownerUrl, `update gateway set ${values} where id = $1 returning id`, [there.gatewayId]);
    await set(`name = null, model = null, model_reason = 'not-reported'`);
    const query = { q: 'audiocodes gateway' };
    const { items } = await inbox.viewer(endpoints.listIncidents, { query });
    expect(items.map(({ place }) => place.gateway?.name)).toEqual(Array(4).fill('AudioCodes gateway'));
    await set(`name = 'Gamma', model = 'MP-124', model_reason = null`);
    expect((await inbox.viewer(endpoints.listIncidents, { query })).items).toEqual([]);
  });

  test('is counted', async () => {
    expect(await inbox.viewer(endpoints.getIncidentCounts, {})).toMatchObject({
      open: 4,
      acknowledged: 0,
      snoozed: 0,
      bySeverity: { critical: 2, major: 1, minor: 1, info: 0 },
      reachesNobody: 4,
      watched: { agents: 1, gateways: 1, ports: 2 },
    });
  });
});
