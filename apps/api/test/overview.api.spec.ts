import { randomUUID } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, plantAnother, type Planted } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
let court: Planted;
let annex: Planted;
let store: Planted;
let cut: string;
let lines: string;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  oak = await api.operator('Oak');
  const owner = api.database.ownerUrl;
  court = await plant(owner, oak.operatorId, {
    site: 'Beech Court',
    gateway: 'beech-mp118',
    at: ago(900),
    agentSeenAt: ago(900),
    online: false,
    ports: [{ label: 'Room 1' }, { label: 'Room 2' }],
  });
  annex = await plantAnother(owner, court, {
    gateway: 'beech-ht814',
    at: ago(900),
    ports: [
      { label: 'Office' },
      { label: 'Warden call', device: 'alarm-panel' },
      { label: 'Lift', device: 'lift-phone' },
    ],
  });
  // Twenty lines whose SIP server is gone, one of them a line that nothing explains: it was locked out before.
  store = await plant(owner, oak.operatorId, {
    site: 'Store 22',
    gateway: 'store22-gxw4224',
    at: ago(10),
    ports: Array.from({ length: 20 }, (_, index) => ({
      label: `Till ${index + 1}`,
      state: { registration: 'unregistered' as const },
    })),
  });
  cut = (await plantIncident(owner, court, ago(600), { severity: 'critical' })).incidentId;
  await asOwner(owner, async (sql) => {
    const at = [cut, court.agentId];
    await sql.query(
      `update alert set kind = 'agent-silent', subject_type = 'agent', subject_id = $2, gateway_id = null where incident_id = $1`,
      at,
    );
    await sql.query(
      `update incident set kind = 'agent-silent', subject_type = 'agent', subject_id = $2, gateway_id = null, title = 'Agent silent' where id = $1`,
      at,
    );
  });
  lines = (await plantIncident(owner, store, ago(300), { explains: 19 })).incidentId;
  await asOwner(owner, async (sql) => {
    await sql.query(`update alert set kind = 'registrar-lost' where incident_id = $1 and "position" is null`, [lines]);
    await sql.query(`update incident set kind = 'registrar-lost', title = 'SIP server lost' where id = $1`, [lines]);
  });
});
afterAll(() => api.close());

describe('the overview', () => {
  test('has one row for a cause, however many lines it takes along', async () => {
    const { causes, causesTotal, unexplained } = await oak.viewer(endpoints.getOverview);
    expect(causes.map((cause) => [cause.incident.title, cause.lines, cause.lifeSafetyLines])).toEqual([
      ['Agent silent', 5, 2],
      ['SIP server lost', 19, 0],
    ]);
    expect(causesTotal).toBe(2);
    // The twentieth line is not explained by it and stays in sight; the cut-off gateways are not listed again.
    expect(unexplained).toMatchObject({
      total: 1,
      complete: true,
      things: [{ label: 'Till 20', reason: 'unregistered' }],
    });
  });

  test('names the lines on which a life depends first', async () => {
    const { causes } = await oak.viewer(endpoints.getOverview);
    expect(causes[0]?.first.slice(0, 2).map((line) => [line.label, line.lineDeviceClass])).toEqual([
      ['Warden call', 'alarm-panel'],
      ['Lift', 'lift-phone'],
    ]);
  });

  test('counts what the page of the incident lists', async () => {
    const { causes } = await oak.viewer(endpoints.getOverview);
    for (const cause of causes) {
      const { behind } = await oak.viewer(endpoints.getIncident, { params: { incidentId: cause.incident.id } });
      expect([behind.lines, behind.lifeSafetyLines]).toEqual([cause.lines, cause.lifeSafetyLines]);
      expect(behind.first).toHaveLength(behind.lines);
      expect(behind.gateways.reduce((sum, gateway) => sum + gateway.lines, 0)).toBe(behind.lines);
    }
    const { behind } = await oak.viewer(endpoints.getIncident, { params: { incidentId: cut } });
    expect(behind.gateways.map(({ id, lines, lifeSafetyLines }) => [id, lines, lifeSafetyLines])).toEqual([
      [annex.gatewayId, 3, 2],
      [court.gatewayId, 2, 0],
    ]);
  });

  test('calls nothing fine that its own page calls unknown', async () => {
    const { path } = await oak.viewer(endpoints.getIncident, { params: { incidentId: cut } });
    const site = await oak.viewer(endpoints.getSite, { params: { siteId: court.siteId } });
    expect(site.worst).toBe('unknown');
    expect(path.find(({ type }) => type === 'site')?.state).toBe('unknown');
    const seen = await oak.viewer(endpoints.getIncident, { params: { incidentId: lines } });
    expect(seen.path.find(({ type }) => type === 'site')?.state).toBe('fine');
  });

  test('counts every line of a gateway whose own alarm says that its SIP server is lost', async () => {
    const ash = await api.operator('Ash');
    const lodge = await plant(api.database.ownerUrl, ash.operatorId, {
      site: 'Lodge',
      gateway: 'lodge-mp118',
      at: ago(10),
      ports: [{ label: 'Desk' }, { label: 'Lift', device: 'lift-phone' }, { label: 'Fax' }],
    });
    const { incidentId } = await plantIncident(api.database.ownerUrl, lodge, ago(60), { explains: 0 });
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        `update alert set kind = 'registrar-lost', evidence = jsonb_set(evidence, '{seen,alarm}', '"Proxy lost."') where incident_id = $1`,
        [incidentId],
      ),
    );
    const { causes } = await ash.viewer(endpoints.getOverview);
    expect(causes.map((cause) => [cause.lines, cause.lifeSafetyLines])).toEqual([[3, 1]]);
    const { behind } = await ash.viewer(endpoints.getIncident, { params: { incidentId } });
    expect([behind.lines, behind.first[0]?.label]).toEqual([3, 'Lift']);
  });

  test('of another operator knows nothing of it', async () => {
    const elm = await api.operator(`Elm ${randomUUID()}`);
    expect(await elm.viewer(endpoints.getOverview)).toMatchObject({ causes: [], unexplained: { total: 0 } });
  });
});
