import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from './app.ts';
import { account, ConfigurationWorld } from './configuration-world.ts';
import { rowsOf } from './ingest.ts';

const DAY = 86_400_000;
let world: ConfigurationWorld;

beforeAll(async () => {
  world = await ConfigurationWorld.start(Date.parse('2026-12-10T12:00:00Z'));
});
afterAll(() => world.close());

const causes = async (gatewayId: string) => (await world.reads(gatewayId)).map(({ cause }) => cause);

describe('the running configuration of a gateway', () => {
  test('is read once a day where it is managed, and a change of it elsewhere is found', async () => {
    const [quay, plain] = [await world.plant('Quay'), await world.plant('Plain')];
    const values = await world.confirm(quay, 'Quay', ...account(quay.gatewayId, 1, '1001'));
    await world.issueReads();
    await world.issueReads();
    expect(await causes(quay.gatewayId)).toEqual(['daily']);
    expect(await causes(plain.gatewayId)).toEqual([]);
    const [read] = await world.sentTo(quay);
    expect(read).toMatchObject({ purpose: 'read', changes: [], emergency: [] });
    expect(read!.ports.every(({ mustRegister }) => !mustRegister)).toBe(true);

    await world.report(quay, read!, { state: 'applying' });
    world.now += 1000;
    await world.readDuring(quay, read!, { ...values, P35: '9999' });
    await world.report(quay, read!, { state: 'confirmed' });
    expect(await world.reads(quay.gatewayId)).toMatchObject([{ state: 'confirmed', cause: 'daily' }]);
    const [drift] = await world.drifts(quay.gatewayId);
    expect(drift).toMatchObject({ state: 'open', keys: [{ key: 'P35', before: '1001', after: '9999' }] });
    // A reading is no deployment: what the gateway has confirmed is as before.
    const effective = await world.oak.viewer(endpoints.getEffectiveConfig, { params: { gatewayId: quay.gatewayId } });
    expect(effective.confirmedRevision).toBe(1);
    const jobs = await world.oak.viewer(endpoints.listConfigJobs, { query: { gatewayId: quay.gatewayId } });
    expect(jobs.items).toHaveLength(1);

    await world.issueReads();
    expect(await causes(quay.gatewayId)).toEqual(['daily']);
  });

  test('is read after the gateway notified a change, and not for what a reading caused', async () => {
    const pier = await world.plant('Pier');
    await world.confirm(pier, 'Pier', ...account(pier.gatewayId, 1, '2001'));
    const changed = (at: number) =>
      rowsOf(
        world.api.database.ownerUrl,
        `insert into gateway_event (id, operator_id, site_id, gateway_id, kind, source, severity, text, detail, at, received_at)
         select gen_random_uuid(), operator_id, site_id, id, 'config-changed', 'trap', 'info', '', '{}', to_timestamp($2), to_timestamp($2)
         from gateway where id = $1 returning 1`,
        [pier.gatewayId, at / 1000],
      );
    await world.issueReads();
    const [first] = await world.sentTo(pier);
    await world.readDuring(pier, first!, {});
    await world.report(pier, first!, { state: 'confirmed' });
    await changed(world.now + 1000);
    world.now += 7_200_000;
    await world.issueReads();
    expect(await causes(pier.gatewayId)).not.toContain('config-changed');
    await changed(world.now);
    world.now += 600_000;
    await world.issueReads();
    expect((await causes(pier.gatewayId))[0]).toBe('config-changed');
  });

  test('is read where a person asks, and not while it is being changed; a change takes the place of a reading', async () => {
    const dock = await world.plant('Dock');
    const params = { gatewayId: dock.gatewayId };
    const ask = () => world.oak.technician(endpoints.readGatewayConfig, { params });
    const read = await ask();
    expect(read).toMatchObject({ cause: 'asked', state: 'waiting' });
    expect((await ask()).id).toBe(read.id);
    await world.publish(await world.draft('Dock', ...account(dock.gatewayId, 1, '3001')));
    await world.deploy([dock.gatewayId]);
    const sent = await world.sentTo(dock);
    expect(sent.map(({ purpose, withdrawn }) => [purpose, withdrawn ?? false]).toSorted()).toEqual([
      ['apply', false],
      ['read', true],
    ]);
    await world.report(
      dock,
      sent.find(({ purpose }) => purpose === 'read')!,
      {
        state: 'failed',
        reasonCode: 'withdrawn',
      },
    );
    expect(await problemOf(ask())).toMatchObject({ code: 'nothing-changed' });
    await world.issueReads();
    expect(await causes(dock.gatewayId)).toEqual(['asked']);
  });
});

describe('what a change itself read as its proof', () => {
  test('is held against that change, not the one before, and ends a drift', async () => {
    const lock = await world.plant('Lock');
    const values = await world.confirm(lock, 'Lock', ...account(lock.gatewayId, 1, '4001'));
    await world.oak.technician(endpoints.readGatewayConfig, { params: { gatewayId: lock.gatewayId } });
    const [read] = await world.sentTo(lock);
    await world.readDuring(lock, read!, { ...values, P35: '4999' });
    await world.report(lock, read!, { state: 'confirmed' });
    expect(await world.drifts(lock.gatewayId)).toMatchObject([{ state: 'open' }]);

    const place = { layer: 'port', gatewayId: lock.gatewayId, position: 1 } as const;
    const query = { layer: 'port' as const, gatewayId: lock.gatewayId, position: 1 };
    const { items } = await world.oak.viewer(endpoints.listConfigEntries, { query });
    const sees = items.find(({ name }) => name === 'port.extension')!.id;
    await world.publish(await world.draft('Another', { place, name: 'port.extension', value: '4002', sees }));
    await world.deploy([lock.gatewayId]);
    const [job] = await world.sentTo(lock);
    world.now += 1000;
    // Read before it counts as confirmed, as agents do.
    await world.readDuring(lock, job!, { ...values, P35: '4002' }, 'after');
    expect(await world.drifts(lock.gatewayId)).toMatchObject([{ state: 'open' }]);
    world.now += 1000;
    await world.report(lock, job!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    await world.readDuring(lock, job!, { ...values, P35: '4002' }, 'after');
    expect((await world.drifts(lock.gatewayId)).map(({ state }) => state)).toEqual(['gone']);
  });
});

describe('as days pass', () => {
  /** Sessions have ended by then. */
  const rows = (gatewayId: string) =>
    rowsOf<{ state: string; reason: string | null; since: Date }>(
      world.api.database.ownerUrl,
      `select state, reason, since from config_job where purpose = 'read' and gateway_id = $1 order by released_at desc`,
      [gatewayId],
    );

  test('a gateway that cannot be read has one reading, which says since when it waits, until its time is over', async () => {
    const bay = await world.plant('Bay');
    await world.confirm(bay, 'Bay', ...account(bay.gatewayId, 1, '5001'));
    await world.issueReads();
    const since = world.now;
    for (let day = 1; day < 7; day += 1) {
      world.now += DAY;
      await world.issueReads();
      expect(await rows(bay.gatewayId)).toEqual([{ state: 'waiting', reason: 'sent', since: new Date(since) }]);
    }
    world.now += DAY;
    await world.issueReads();
    expect(await rows(bay.gatewayId)).toMatchObject([
      { state: 'waiting', reason: 'sent', since: new Date(world.now) },
      { state: 'failed', reason: 'expired' },
    ]);
  });
});
