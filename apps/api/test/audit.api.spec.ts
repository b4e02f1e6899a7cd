import { AUDIT_COLUMNS, AUDIT_FACETS, type AuditEntry, endpoints } from '@loopstart/contracts';
import { AUDITED, type AuditSubject, fieldChanges } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { checkList } from './list-checks.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let fir: TestOperator;
let place: Planted;

beforeAll(async () => {
  api = await startApp();
  [oak, elm, fir] = await Promise.all([api.operator('Oak'), api.operator('Elm'), api.operator('Fir')]);
  // What the signing in of operators wrote.
  await rowsOf(api.database.ownerUrl, 'delete from audit_entry');
  place = await plant(api.database.ownerUrl, fir.operatorId, { customer: 'Acme', site: 'Works', gateway: 'works-1' });
  const { siteId, gatewayId } = await plant(api.database.ownerUrl, oak.operatorId);
  await plantEntry(oak, { who: 'Ada', verb: 'update', type: 'site', id: siteId, change: { name: 'Harbour' } });
  await plantEntry(oak, { who: 'ada 2', verb: 'update', type: 'gateway', id: gatewayId, change: { name: '=1+1' } });
  await plantEntry(oak, {
    who: 'Bob',
    verb: 'update',
    type: 'port',
    id: `${gatewayId}/1`,
    change: { label: 'Harbour' },
  });
  await plantEntry(oak, {
    who: 'Bob',
    verb: 'sign-in',
    type: 'user',
    id: crypto.randomUUID(),
    change: { address: '203.0.113.9' },
  });
  await plantEntry(oak, {
    who: 'box',
    verb: 'enrol',
    type: 'agent',
    id: crypto.randomUUID(),
    change: { siteId },
    userId: null,
  });
  await plantEntry(oak, { who: 'Zoe', verb: 'delete', type: 'channel', id: NOBODY, change: { name: 'Pager' } });
});
afterAll(() => api.close());

interface PlantedEntry {
  who: string;
  verb: string;
  type: string;
  id: string;
  change: object;
  userId?: null;
}

/** An entry as it may be there from years ago; each is a minute younger than the last. */
async function plantEntry({ operatorId }: TestOperator, entry: PlantedEntry): Promise<void> {
  await rowsOf(
    api.database.ownerUrl,
    `insert into audit_entry (operator_id, at, user_id, user_name, verb, subject_type, subject_id, change)
     select $1, timestamptz '2026-11-01 10:00Z' + interval '1 minute' * (select count(*) from audit_entry where operator_id = $1),
       case when $7 then (select id from app_user where operator_id = $1 order by id limit 1) end, $2, $3, $4, $5, $6`,
    [operatorId, entry.who, entry.verb, entry.type, entry.id, entry.change, entry.userId === undefined],
  );
}

checkList(
  'audit entries',
  () => ({
    list: (query) => oak.admin(endpoints.listAudit, { query }),
    facet: (query) => oak.admin(endpoints.getAuditFacet, { query }),
    export: (query) => oak.admin(endpoints.exportAudit, { query }),
    elsewhere: (query) => elm.admin(endpoints.listAudit, { query }),
    sorted: {
      who: ({ by }) => by.name,
      at: ({ at }) => at,
      verb: ({ verb }) => verb,
      subject: ({ subject }) => [subject.type, subject.name],
    },
    facets: AUDIT_FACETS,
    word: 'harbour',
    narrowed: { verb: ['update', 'sign-in'] },
    misunderstood: { query: { verb: ['awful'] }, path: 'query.verb.0' },
    change: async (id) => {
      await rowsOf(api.database.ownerUrl, `update audit_entry set user_name = 'zz' || user_name where id = $1`, [id]);
    },
  }),
  { columns: AUDIT_COLUMNS, facets: AUDIT_FACETS },
);

const entriesOf = async (query: Record<string, unknown>) =>
  (await fir.admin(endpoints.listAudit, { query })).items.map(({ by, verb, subject, change, before }) => ({
    who: by.name,
    what: `${verb} ${subject.type} ${subject.name}`,
    fields: fieldChanges(before, change),
  }));

describe('who changed what', () => {
  test('a renamed site says who, from what, to what, and by which request', async () => {
    const params = { siteId: place.siteId };
    await fir.technician(endpoints.updateSite, { params, body: { name: 'Quay', timeZone: 'UTC' } });
    await fir.admin(endpoints.updateSite, { params, body: { name: 'Harbour', address: 'Quay 1' } });
    expect(await entriesOf({ subjectId: [place.siteId] })).toEqual([
      {
        who: 'Fir admin',
        what: 'update site Harbour',
        fields: [
          { field: 'name', before: 'Quay', after: 'Harbour' },
          { field: 'address', before: '', after: 'Quay 1' },
        ],
      },
      expect.objectContaining({ who: 'Fir technician', what: 'update site Harbour' }),
    ]);
    const [newest] = (await fir.admin(endpoints.listAudit, { query: { limit: 1 } })).items;
    expect(newest).toMatchObject({ by: { kind: 'person' }, subject: { exists: true }, requestId: expect.any(String) });
    expect(await fir.admin(endpoints.getAuditEntry, { params: { entryId: newest!.id } })).toEqual(newest);
  });

  test('a customer, a gateway, and what is said of a port have their former values', async () => {
    const { customerId, gatewayId } = place;
    await fir.admin(endpoints.updateCustomer, { params: { customerId }, body: { notes: 'Night: 217' } });
    await fir.admin(endpoints.updateGateway, { params: { gatewayId }, body: { name: 'Plant room' } });
    const params = { gatewayId, position: 1 };
    await fir.admin(endpoints.updatePort, { params, body: { label: 'Lift', lineDeviceClass: 'lift-phone' } });
    await fir.admin(endpoints.updatePort, { params, body: { label: null } });
    expect(await entriesOf({ subjectId: [gatewayId] })).toMatchObject([
      { what: 'update port Plant room', fields: [{ field: 'label', before: 'Lift', after: null }] },
      {
        what: 'update port Plant room',
        fields: [{ field: 'label' }, { field: 'lineDeviceClass', after: 'lift-phone' }],
      },
      { what: 'update gateway Plant room', fields: [{ field: 'name', after: 'Plant room' }] },
    ]);
    expect(await entriesOf({ subjectId: [`${gatewayId}/1`] })).toHaveLength(2);
    expect(await entriesOf({ subjectId: [customerId] })).toMatchObject([
      { fields: [{ field: 'notes', before: '', after: 'Night: 217' }] },
    ]);
  });

  test('what was deleted keeps its last name, and says that it is gone', async () => {
    const body = { kind: 'webhook', name: 'Hook', url: 'https://8.8.8.8/x', filters: {}, signing: 'v1' } as const;
    const { channel } = await fir.admin(endpoints.createChannel, { body });
    await fir.admin(endpoints.updateChannel, { params: { channelId: channel.id }, body: { ...body, name: 'Pager' } });
    await fir.admin(endpoints.deleteChannel, { params: { channelId: channel.id } });
    const { items } = await fir.admin(endpoints.listAudit, { query: { subjectId: [channel.id] } });
    expect(items.map(({ verb, subject }) => [verb, subject.name, subject.exists])).toEqual([
      ['delete', 'Pager', false],
      ['update', 'Pager', false],
      ['create', 'Pager', false],
    ]);
  });

  test('ids in a change have names, of the same operator alone', async () => {
    const stranger = await plant(api.database.ownerUrl, oak.operatorId);
    await plantEntry(fir, {
      who: 'Ada',
      verb: 'hand-over',
      type: 'agent',
      id: place.agentId,
      change: { gatewayIds: [place.gatewayId, stranger.gatewayId] },
    });
    const { items } = await fir.admin(endpoints.listAudit, { query: { verb: ['hand-over'] } });
    expect(items[0]!.names).toEqual({ [place.gatewayId]: 'Plant room' });
  });

  test('an agent that enrolled is the author by its host name', async () => {
    const { items } = await oak.admin(endpoints.listAudit, { query: { verb: ['enrol'] } });
    expect(items).toMatchObject([{ by: { kind: 'agent', userId: null }, subject: { name: null, exists: false } }]);
  });

  test('a span of time has its beginning and not its end; a time that is none is named', async () => {
    const at = async (query: Record<string, unknown>) =>
      (await oak.admin(endpoints.listAudit, { query: { sort: 'at', ...query } })).items.map((entry) => entry.at);
    const [first, second, third] = await at({});
    expect(await at({ from: first, to: third })).toEqual([first, second]);
    const wrong = oak.admin(endpoints.listAudit, { query: { from: 'yesterday' } });
    expect(await problemOf(wrong)).toMatchObject({ code: 'invalid-input', fields: [{ path: 'query.from' }] });
  });

  test('formulas in names are inert in an export', async () => {
    const csv = await oak.admin(endpoints.exportAudit, { query: { verb: ['update'], columns: ['subject'] } });
    expect(csv).toContain('Kind of subject,Subject,Subject id');
    await plantEntry(oak, { who: '=1+1', verb: 'comment', type: 'incident', id: NOBODY, change: { text: 'x' } });
    const people = await oak.admin(endpoints.exportAudit, { query: { columns: ['who'] } });
    expect(people).toContain("'=1+1,");
    expect(people).not.toMatch(/^=/m);
  });

  test('only administrators read it', async () => {
    for (const client of [fir.viewer, fir.technician])
      expect(await problemOf(client(endpoints.listAudit))).toMatchObject({ status: 403, code: 'not-allowed' });
  });
});

test('an entry of every verb that can be written is read', async () => {
  const ash = await api.operator('Ash');
  const { gatewayId } = await plant(api.database.ownerUrl, ash.operatorId);
  const wanted = Object.entries(AUDITED).flatMap(([type, verbs]) => verbs.map((verb) => ({ type, verb })));
  for (const { type, verb } of wanted) {
    const id = type === 'port' ? `${gatewayId}/1` : NOBODY;
    await plantEntry(ash, {
      who: 'Ada',
      verb,
      type,
      id,
      change: type === 'schedule-override' ? { scheduleId: NOBODY } : {},
    });
  }
  const items = await allPages((cursor) => ash.admin(endpoints.listAudit, { query: { limit: 20, ...cursor } }));
  const read = ({ verb, subject }: AuditEntry) => ({ type: subject.type as AuditSubject, verb });
  expect(items.map(read)).toEqual(expect.arrayContaining(wanted));
});
