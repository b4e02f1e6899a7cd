import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp();
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
});
afterAll(() => api.close());

describe('customers and sites', () => {
  test('are made, changed, listed and counted', async () => {
    const customer = await oak.technician(endpoints.createCustomer, { body: { name: 'Harbour Care' } });
    expect(customer).toMatchObject({
      name: 'Harbour Care',
      notes: '',
      siteCount: 0,
      gatewayCount: 0,
      worst: 'ok',
      ports: { total: 0 },
    });
    const site = await oak.technician(endpoints.createSite, {
      body: {
        customerId: customer.id,
        name: 'North House',
        timeZone: 'Europe/London',
        latitude: 53.4,
        longitude: -2.2,
      },
    });
    expect(site).toMatchObject({
      name: 'North House',
      customer: { id: customer.id, name: 'Harbour Care' },
      agentCount: 0,
    });
    const changed = await oak.technician(endpoints.updateSite, {
      params: { siteId: site.id },
      body: { emergencyLocation: 'Floor 2', probeAddress: 'gw.example.com:443' },
    });
    expect(changed).toMatchObject({ emergencyLocation: 'Floor 2', probeAddress: 'gw.example.com:443' });
    const wrong = { params: { siteId: site.id }, body: { probeAddress: 'https://gw.example.com/' } };
    expect(await problemOf(oak.technician(endpoints.updateSite, wrong))).toMatchObject({
      fields: [{ path: 'body.probeAddress' }],
    });
    const listed = await oak.viewer(endpoints.listCustomers, { query: { q: 'harb' } });
    expect(listed).toMatchObject({ total: 1, nextCursor: null, items: [{ id: customer.id, siteCount: 1 }] });
    const overview = await oak.viewer(endpoints.getOverview);
    expect(overview).toMatchObject({
      sites: 1,
      causesTotal: 0,
      unexplained: { total: 0, complete: true },
      agents: { total: 0 },
    });
  });

  test('a page follows the other without gap or repetition', async () => {
    for (let index = 0; index < 7; index += 1)
      await elm.technician(endpoints.createCustomer, { body: { name: `Customer ${index}` } });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await elm.viewer(endpoints.listCustomers, {
        query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) },
      });
      names.push(...page.items.map((item) => item.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(Array.from({ length: 7 }, (_, index) => `Customer ${index}`));
  });

  test.for([
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'body.timeZone'],
    ['an empty name', { name: '  ' }, 'body.name'],
    ['a latitude off the globe', { latitude: 91 }, 'body.latitude'],
  ] as const)('%s is refused by the field and changes nothing', async ([, wrong, path]) => {
    const customer = await oak.technician(endpoints.createCustomer, {
      body: { name: `C ${path} ${Math.round(performance.now() * 1000)}` },
    });
    const body = { customerId: customer.id, name: 'Annex', timeZone: 'Europe/Paris', ...wrong };
    const problem = await problemOf(oak.technician(endpoints.createSite, { body }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input', fields: [{ path }] });
    expect((await oak.viewer(endpoints.getCustomer, { params: { customerId: customer.id } })).siteCount).toBe(0);
  });

  test('the same name twice is refused', async () => {
    await oak.technician(endpoints.createCustomer, { body: { name: 'Twice' } });
    expect(await problemOf(oak.technician(endpoints.createCustomer, { body: { name: 'twice' } }))).toMatchObject({
      status: 409,
      code: 'already-exists',
    });
  });

  test('a site cannot be put under the customer of another operator', async () => {
    const theirs = await elm.technician(endpoints.createCustomer, { body: { name: 'Theirs' } });
    const problem = await problemOf(
      oak.technician(endpoints.createSite, { body: { customerId: theirs.id, name: 'Mine', timeZone: 'UTC' } }),
    );
    expect(problem.code).toBe('not-found');
  });

  test('a cursor that was made up is refused by name', async () => {
    expect(await problemOf(oak.viewer(endpoints.listSites, { query: { cursor: 'abc' } }))).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'query.cursor' }],
    });
  });
});
