import { CALL_COLUMNS, CALL_FACETS, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantCalls } from './calls-of-lists.ts';
import { checkList } from './list-checks.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

let api: TestApp;
let ash: TestOperator;
let elm: TestOperator;
beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  ash = await api.operator('Ash');
  elm = await api.operator('Elm');
  await plantCalls(api.database.ownerUrl, ash.operatorId, NOW);
});
afterAll(() => api.close());

const found = async (query: object) => (await ash.viewer(endpoints.listCalls, { query })).items;

test('a call that never got an end says so after its time, and has no length', async () => {
  const states = (await found({})).map(({ progress, talkMs }) => [progress, talkMs]);
  expect(states).toEqual([
    ['started', null],
    ['connected', null],
    ['ended', 0],
    ['ended', 120_000],
    ['no-end-received', null],
    ['no-end-received', null],
  ]);
});

test.for([
  ['by digits in the number dialled', { number: '901144' }, 1],
  ['by digits of the caller', { number: '202' }, 2],
  ['with a plus', { number: '+44' }, 1],
  ['of a port number', { position: 2 }, 2],
  ['in a period', { within: '1h' }, 4],
  ['that are fax', { fax: 'yes' }, 1],
  ['of poor quality', { quality: 'poor' }, 1],
  ['that nobody measured', { quality: 'not-measured' }, 3],
  ['by a word of the place', { q: 'harbour' }, 5],
  ['by a per cent sign', { q: '%' }, 0],
] as const)('calls are found %s', async ([, query, count]) => {
  expect(await found(query)).toHaveLength(count);
});

test('a customer manager sees calls, with their numbers, of the customers to which they are limited', async () => {
  const { items: customers } = await ash.viewer(endpoints.listCustomers);
  const acme = customers.find(({ name }) => name === 'acme')!;
  const manager = await api.member(ash.operatorId, 'customer-manager', {
    customerIds: [acme.id],
    siteIds: [],
    tags: [],
  });
  const { items } = await manager(endpoints.listCalls);
  expect(items).toMatchObject([{ dialled: '401', calling: '01632960004' }]);
  expect((await manager(endpoints.listCalls, { query: { number: '202' } })).items).toEqual([]);
  const csv = await manager(endpoints.exportCalls, { query: {} });
  expect(csv).toContain('01632960004');
  expect(csv).not.toContain('441632960003');
});

test('a number that holds more than digits is refused by name', async () => {
  expect(await problemOf(found({ number: "1' or '1'='1" }))).toMatchObject({
    code: 'invalid-input',
    fields: [{ path: 'query.number' }],
  });
});

test('an export keeps a formula that a device sent from being one, and leaves numbers as they are', async () => {
  const csv = await ash.viewer(endpoints.exportCalls, { query: {} });
  expect(csv).toContain("'=cmd|calc");
  expect(csv).toContain(',+441632960003,');
});

test('a gateway without any record is not one without calls', async () => {
  const coverage = await ash.viewer(endpoints.getCallCoverage, { query: {} });
  expect(coverage).toMatchObject({ gateways: 3, receiving: 1, without: [{ name: 'gateway 9' }, { name: 'Mill' }] });
  expect(await elm.viewer(endpoints.getCallCoverage, { query: {} })).toEqual({
    gateways: 0,
    receiving: 0,
    without: [],
    lastAt: null,
  });
});

checkList(
  'calls',
  () => ({
    list: (query) => ash.viewer(endpoints.listCalls, { query }),
    facet: (query) => ash.viewer(endpoints.getCallFacet, { query }),
    export: (query) => ash.viewer(endpoints.exportCalls, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listCalls, { query }),
    sorted: {
      at: (row) => row.at,
      progress: (row) => row.progress,
      direction: (row) => row.direction,
      dialled: (row) => row.dialled ?? row.called,
      calling: (row) => row.calling,
      gateway: (row) => [row.gatewayName, row.position],
      site: (row) => row.siteName,
      customer: (row) => row.customerName,
      talk: (row) => row.talkMs,
      cause: (row) => row.cause,
      quality: (row) => row.quality.mos,
      fax: (row) => (row.fax === null ? null : Number(row.fax)),
      codec: (row) => row.codec,
    },
    facets: CALL_FACETS,
    word: 'harbour',
    narrowed: { direction: ['from-line'] },
    misunderstood: { query: { direction: ['sideways'] }, path: 'query.direction.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query('delete from call_record where id = $1', [id]);
      }),
  }),
  { columns: CALL_COLUMNS, facets: CALL_FACETS },
);
