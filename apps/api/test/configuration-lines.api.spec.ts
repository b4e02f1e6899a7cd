import { type ConfigEditInput, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable } from './configuration.ts';
import type { Planted } from './fleet.ts';

const NOON = Date.parse('2026-12-10T12:00:00Z');
const MINUTE = 60_000;
let now = NOON;
let api: TestApp;
let oak: TestOperator;
let quay: Planted;
let pier: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  const at = (site: string) =>
    plantConfigurable(api.database.ownerUrl, oak.operatorId, {
      site,
      gateway: site,
      ports: [{}, { device: 'lift-phone' }],
    });
  [quay, pier] = [await at('Quay'), await at('Pier')];
});
afterAll(() => api.close());

const begin = async (name: string) => (await oak.technician(endpoints.createConfigDraft, { body: { name } })).id;
const edit = (draftId: string, ...edits: object[]) =>
  oak.technician(endpoints.editConfigDraft, {
    params: { draftId },
    body: { edits: edits.map((one) => ({ action: 'set', sees: null, ...one })) as ConfigEditInput[] },
  });
const publish = (draftId: string, reason: string) =>
  oak.technician(endpoints.publishConfigDraft, { params: { draftId }, body: { reason } });
const port = ({ gatewayId }: Planted, position: number) => ({ layer: 'port', gatewayId, position }) as const;
const linesOf = (query: object) => oak.viewer(endpoints.listConfigLines, { query });
const cellOf = async (query: object, field: string) =>
  (await linesOf(query)).items[0]!.cells.find((cell) => cell.field === field)!;

describe('lines that are edited many at a time', () => {
  test('show what holds, where it comes from, and what an edit has to have seen', async () => {
    const at = { gatewayId: quay.gatewayId };
    const draftId = await begin('Sheet');
    const password = { place: port(quay, 1), name: 'port.password', value: 'correct-horse' };
    const { edits } = await edit(
      draftId,
      { place: { layer: 'site', siteId: quay.siteId }, name: 'port.enabled', value: true },
      { place: port(quay, 1), name: 'port.extension', value: '2001' },
      password,
    );
    expect(await cellOf(at, 'port.extension')).toEqual({
      field: 'port.extension',
      value: null,
      origin: null,
      sees: null,
      inDraft: null,
    });
    const ofDraft = { ...at, draftId };
    expect(await cellOf(ofDraft, 'port.extension')).toMatchObject({
      value: '2001',
      origin: { layer: 'port' },
      sees: edits.find(({ name }) => name === 'port.extension')!.id,
      inDraft: 'set',
    });
    // Inherited: nothing is at the port itself.
    expect(await cellOf(ofDraft, 'port.enabled')).toMatchObject({
      value: true,
      origin: { layer: 'site' },
      sees: null,
      inDraft: null,
    });
    const answer = await linesOf(ofDraft);
    expect(answer.items.map(({ position, deviceClass }) => [position, deviceClass])).toEqual([
      [1, 'phone'],
      [2, 'lift-phone'],
    ]);
    expect((await cellOf(ofDraft, 'port.password')).value).toEqual({ isSet: true });
    expect(JSON.stringify(answer)).not.toContain(password.value);
    await publish(draftId, 'New numbers');
    const cell = await cellOf(at, 'port.extension');
    expect(cell).toMatchObject({ value: '2001', inDraft: null });
    // What the sheet says was seen is what the API takes for seen.
    const next = await begin('Next');
    const changed = { place: port(quay, 1), name: 'port.extension', value: '2002' };
    expect(await problemOf(edit(next, changed))).toMatchObject({
      code: 'stale-edit',
      fields: [{ path: 'body.edits.0' }],
    });
    await edit(next, { ...changed, sees: cell.sees });
    expect((await cellOf({ ...at, draftId: next }, 'port.extension')).value).toBe('2002');
  });

  test('of a customer come in the order of sites and ports, page by page and without doubles', async () => {
    const query = { customerId: quay.customerId, limit: 1 };
    const first = await linesOf({ customerId: quay.customerId });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await linesOf({ ...query, ...(cursor && { cursor }) });
      names.push(...items.map(({ gateway, position }) => `${gateway.siteName} ${position}`));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(first.items.map(({ gateway, position }) => `${gateway.siteName} ${position}`));
    expect(names).toHaveLength(first.total);
    expect(names).toEqual(names.toSorted());
  });

  test('are all saved or none: a wrong cell changes nothing', async () => {
    const draftId = await begin('Wrong');
    const problem = await problemOf(
      edit(
        draftId,
        { place: port(pier, 1), name: 'port.extension', value: '3001' },
        { place: port(pier, 2), name: 'port.extension', value: 'a b' },
      ),
    );
    expect(problem).toMatchObject({ code: 'invalid-input', fields: [{ path: 'body.edits.1.value' }] });
    expect((await cellOf({ gatewayId: pier.gatewayId, draftId }, 'port.extension')).value).toBeNull();
  });

  test.for<[string, object]>([
    ['no place', {}],
    [
      'two places',
      { siteId: '00000000-0000-4000-8000-000000000000', gatewayId: '00000000-0000-4000-8000-000000000000' },
    ],
  ])('are not listed for %s', async ([, query]) => {
    expect(await problemOf(linesOf(query))).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'query.customerId' }],
    });
  });
});

describe('the timeline of a line', () => {
  const timeline = (position: number, more: object = {}) =>
    oak.viewer(endpoints.listConfigTimeline, { params: { gatewayId: pier.gatewayId }, query: { position, ...more } });

  test('has what was published for it and deployed to it, with who, why and how it ended; not what concerns others', async () => {
    now = NOON + 10 * MINUTE;
    const site = { layer: 'site', siteId: pier.siteId } as const;
    const one = await begin('Server');
    await edit(
      one,
      { place: site, name: 'sip.registrars', value: [{ host: 'sip.example.net', port: null }] },
      { place: port(pier, 1), name: 'port.extension', value: '3101' },
    );
    const { number } = await publish(one, 'The new server');
    now = NOON + 20 * MINUTE;
    const two = await begin('Lifts');
    await edit(two, {
      place: site,
      name: 'line.ringVoltageVrms',
      deviceClass: 'lift-phone',
      value: 70,
    });
    await publish(two, 'Lifts ring louder');
    now = NOON + 30 * MINUTE;
    const { id } = await oak.technician(endpoints.deployConfig, {
      body: {
        gatewayIds: [pier.gatewayId],
        mode: 'now',
        reason: 'Go',
        lifeSafetyConfirmed: true,
        expiresAt: new Date(now + 60 * MINUTE).toISOString(),
      },
    });
    const { items, total } = await timeline(1);
    expect(items.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['deployment', 'Go'],
      ['revision', 'The new server'],
    ]);
    expect(total).toBe(2);
    expect(items[0]).toMatchObject({ deploymentId: id, state: 'waiting', by: 'Oak technician' });
    expect(items[1]).toMatchObject({
      revision: number,
      changesTotal: 2,
      changes: expect.arrayContaining([expect.objectContaining({ name: 'sip.registrars', before: null })]),
    });
    // The lift phone is concerned by both, and not by the number of its neighbour.
    const ofLift = await timeline(2);
    expect(ofLift.items.map(({ reason }) => reason)).toEqual(['Go', 'Lifts ring louder', 'The new server']);
    expect(ofLift.items[2]).toMatchObject({ changesTotal: 1 });
  });

  test('ends at a moment where that is asked, and comes page by page', async () => {
    const until = new Date(NOON + 25 * MINUTE).toISOString();
    expect((await timeline(2, { until })).items.map(({ reason }) => reason)).toEqual([
      'Lifts ring louder',
      'The new server',
    ]);
    const first = await timeline(2, { limit: 1 });
    expect(first.items.map(({ reason }) => reason)).toEqual(['Go']);
    const rest = await timeline(2, { limit: 2, cursor: first.nextCursor! });
    expect(rest.items.map(({ reason }) => reason)).toEqual(['Lifts ring louder', 'The new server']);
    expect(rest.nextCursor).toBeNull();
  });

  test('of a port that is not there is not found', async () => {
    expect(await problemOf(timeline(9))).toMatchObject({ code: 'not-found' });
  });
});
