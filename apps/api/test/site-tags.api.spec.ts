import { endpoints } from '@loopstart/contracts';
import type { Places } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';

const limit = (part: Partial<Places>): Places => ({ customerIds: [], siteIds: [], tags: [], ...part });

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let fleet: Planted;
let ofNorth: Client;

beforeAll(async () => {
  api = await startApp();
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  fleet = await plant(api.database.ownerUrl, oak.operatorId, { site: 'Pier', gateway: 'Kiosk' });
  ofNorth = await api.member(oak.operatorId, 'technician', limit({ tags: ['north'] }));
});
afterAll(() => api.close());

const setTags = (tags: string[], client: Client = oak.admin) =>
  client(endpoints.setSiteTags, { params: { siteId: fleet.siteId }, body: { tags } });
const seen = async (client: Client) => (await client(endpoints.listGateways)).items.map(({ name }) => name);

describe('tags of a site', () => {
  test('are set in order and once, listed, filtered, counted and exported', async () => {
    expect((await setTags(['pier', 'care-home', 'pier'])).tags).toEqual(['care-home', 'pier']);
    const found = await oak.viewer(endpoints.listSites, { query: { tag: ['pier', 'other'] } });
    expect(found.items.map(({ name, tags }) => [name, tags])).toEqual([['Pier', ['care-home', 'pier']]]);
    expect((await oak.viewer(endpoints.listSites, { query: { tag: 'other' } })).items).toEqual([]);
    expect((await oak.viewer(endpoints.getSiteFacet, { query: { facet: 'tag' } })).values).toEqual([
      { value: 'care-home', label: 'care-home', count: 1 },
      { value: 'pier', label: 'pier', count: 1 },
    ]);
    expect((await elm.viewer(endpoints.getSiteFacet, { query: { facet: 'tag' } })).values).toEqual([]);
    const csv = await (
      await fetch(`${api.url}${endpoints.exportSites.path}?columns=name,tags`, {
        headers: { cookie: await api.cookieOf(oak.operatorId, 'read-only') },
      })
    ).text();
    expect(csv).toContain('Pier,care-home pier');
  });

  test('decide what somebody sees who is limited to one, from the next request on', async () => {
    await setTags([]);
    expect(await seen(ofNorth)).toEqual([]);
    await setTags(['north', 'pier']);
    expect(await seen(ofNorth)).toEqual(['Kiosk']);
    expect((await ofNorth(endpoints.getSite, { params: { siteId: fleet.siteId } })).tags).toEqual(['north', 'pier']);
    await setTags(['pier']);
    expect(await seen(ofNorth)).toEqual([]);
    expect(await problemOf(ofNorth(endpoints.getSite, { params: { siteId: fleet.siteId } }))).toMatchObject({
      status: 404,
    });
  });

  test('are on record with what they were, and once where nothing changed', async () => {
    await setTags(['one']);
    const entries = async () =>
      (await oak.admin(endpoints.listAudit, { query: { subjectId: [fleet.siteId] } })).items.map(
        ({ verb, change, before }) => ({ verb, change, before }),
      );
    const before = await entries();
    await setTags(['two', 'one']);
    await setTags(['one', 'two']);
    const after = await entries();
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toEqual({ verb: 'update', change: { tags: ['one', 'two'] }, before: { tags: ['one'] } });
  });

  test('are given with a new site by those alone who may tag', async () => {
    const body = { customerId: fleet.customerId, name: 'Annex', timeZone: 'UTC', tags: ['south'] };
    expect((await oak.admin(endpoints.createSite, { body })).tags).toEqual(['south']);
    const technician = await api.member(oak.operatorId, 'technician');
    expect(await problemOf(technician(endpoints.createSite, { body }))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    const plain = { ...body, name: 'Plain', tags: [] };
    expect((await technician(endpoints.createSite, { body: plain })).tags).toEqual([]);
    expect(await problemOf(setTags(['x'], technician))).toMatchObject({ status: 403, code: 'not-allowed' });
  });

  test.for([[['Big']], [['a'.repeat(41)]], [['-a']], [Array.from({ length: 21 }, (_, at) => `t${at}`)]])(
    '%j is refused by name',
    async ([tags]) => {
      expect(await problemOf(setTags(tags!))).toMatchObject({
        status: 400,
        fields: [{ path: expect.stringMatching(/^body\.tags/) }],
      });
    },
  );

  test('are those of another operator to nobody', async () => {
    expect(await problemOf(setTags(['x'], elm.admin))).toMatchObject({ status: 404 });
    const asked = { params: { siteId: fleet.siteId }, query: { tag: 'x' } };
    expect(await problemOf(elm.admin(endpoints.getSiteTagEffects, asked))).toMatchObject({ status: 404 });
  });
});

describe('before tags change', () => {
  test('it is counted who would lose and who would get the site, and nothing changes', async () => {
    await setTags(['north', 'both']);
    await api.member(oak.operatorId, 'technician', limit({ tags: ['north', 'both'] }));
    await api.member(oak.operatorId, 'technician', limit({ tags: ['north'], customerIds: [fleet.customerId] }));
    await api.member(oak.operatorId, 'technician', limit({ tags: ['east'] }));
    await oak.admin(endpoints.createInvitation, {
      body: { email: 'north@example.net', role: 'technician', limitedTo: limit({ tags: ['north'] }) as never },
    });
    await oak.admin(endpoints.createToken, {
      body: {
        kind: 'token',
        name: 'East',
        rights: { permissions: ['gateways.read'] },
        limitedTo: limit({ tags: ['east'] }) as never,
        addresses: [],
        expiresInDays: 7,
      },
    });
    const effects = (tag: string[]) =>
      oak.admin(endpoints.getSiteTagEffects, { params: { siteId: fleet.siteId }, query: { tag } });
    // The one of the set-up loses it; the one with both tags and the one of the customer keep it.
    expect(await effects(['both', 'east'])).toEqual({
      people: { losing: 1, gaining: 1 },
      invitations: { losing: 1, gaining: 0 },
      tokens: { losing: 0, gaining: 1 },
    });
    const none = { losing: 0, gaining: 0 };
    expect(await effects(['north', 'both'])).toEqual({ people: none, invitations: none, tokens: none });
    expect((await effects([])).people).toEqual({ losing: 2, gaining: 0 });
    expect(await seen(ofNorth)).toEqual(['Kiosk']);
  });
});
