import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, ConfigurationWorld, type Edit } from './configuration-world.ts';
import type { Planted } from './fleet.ts';

const HOUR = 3_600_000;
let world: ConfigurationWorld;
beforeAll(async () => {
  world = await ConfigurationWorld.start(Date.parse('2026-12-10T12:00:00Z'));
});
afterAll(() => world.close());

const instant = (ms: number) => new Date(ms).toISOString();
/** A maintenance window of a site, once; from a whole minute. */
const openWindow = ({ siteId }: Planted, from: number, until: number) =>
  world.oak.admin(endpoints.createMaintenance, {
    body: {
      title: 'Night work',
      reason: 'Agreed with the site',
      scope: 'site',
      scopeId: siteId,
      timeZone: 'UTC',
      startsOn: instant(from).slice(0, 10),
      startsAt: instant(from).slice(11, 16),
      durationMinutes: (until - from) / 60_000,
    },
  });
const inGroup = (gatewayId: string, group: string): Edit => ({
  place: { layer: 'gateway', gatewayId },
  name: 'gateway.redundancyGroup',
  value: group,
});

describe('a job whose maintenance window passes', () => {
  test('waits for the next one until its own time is over, with what it waited for', async () => {
    const quay = await world.plant('Quay');
    await world.publish(await world.draft('Quay', ...account(quay.gatewayId, 1, '1001')));
    const start = world.now;
    await openWindow(quay, start, start + HOUR);
    await openWindow(quay, start + 4 * HOUR, start + 5 * HOUR);
    const { id } = await world.deploy([quay.gatewayId], { mode: 'window', expiresAt: instant(start + 10 * HOUR) });
    const [first] = await world.sentTo(quay);
    expect(first).toMatchObject({ windowUntil: start + HOUR, expiresAt: start + 10 * HOUR });
    await world.report(quay, first!, { reasonCode: 'offline', windowUntil: start + HOUR });
    expect(await world.sentTo(quay)).toEqual([]);

    world.now = start + 2 * HOUR;
    const detail = 'The time for the change has not come. Its maintenance window is over.';
    await world.report(quay, first!, { reasonCode: 'window', detail, windowUntil: start + HOUR });
    await world.advance();
    expect(await world.jobs(id)).toMatchObject([
      { state: 'waiting', reasonCode: 'window', reason: detail, since: instant(world.now) },
    ]);
    expect(await world.sentTo(quay)).toEqual([]);

    world.now = start + 4 * HOUR;
    await world.advance();
    const [again] = await world.sentTo(quay);
    expect(again).toMatchObject({ jobId: first!.jobId, windowUntil: start + 5 * HOUR, notBefore: first!.notBefore });
    // It is repeated until the agent reports that it knows the window.
    await world.report(quay, again!, { reasonCode: 'offline', windowUntil: start + HOUR });
    expect(await world.sentTo(quay)).toHaveLength(1);
    await world.report(quay, again!, { reasonCode: 'busy', windowUntil: start + 5 * HOUR });
    expect(await world.sentTo(quay)).toEqual([]);
    await world.report(quay, again!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    await world.advance();
    expect(await world.jobs(id)).toMatchObject([{ state: 'confirmed' }]);
  });

  test('says so where its agent never reported', async () => {
    const pier = await world.plant('Pier');
    await world.publish(await world.draft('Pier', ...account(pier.gatewayId, 1, '2001')));
    await openWindow(pier, world.now, world.now + HOUR);
    const { id } = await world.deploy([pier.gatewayId], { mode: 'window', expiresAt: instant(world.now + 10 * HOUR) });
    world.now += 2 * HOUR;
    await world.advance();
    expect(await world.jobs(id)).toMatchObject([
      { state: 'waiting', reasonCode: 'window-passed', since: instant(world.now) },
    ]);
  });
});

describe('gateways that stand in for each other', () => {
  let east: Planted;
  let west: Planted;
  const sent = async (gateway: Planted) => (await world.sentTo(gateway)).filter(({ purpose }) => purpose === 'apply');

  test('are never changed at once, in whichever deployments they are', async () => {
    [east, west] = [await world.plant('East'), await world.plant('West')];
    const edits = [east, west].flatMap(({ gatewayId }, at) => [
      inGroup(gatewayId, 'pair'),
      ...account(gatewayId, 1, `30${at}1`),
    ]);
    await world.publish(await world.draft('Pair', ...edits));
    await world.deploy([east.gatewayId]);
    const { id } = await world.deploy([west.gatewayId]);
    const [first] = await sent(east);
    expect(first!.peers).toEqual([west.gatewayId]);
    expect(await sent(west)).toEqual([]);
    expect(await world.jobs(id)).toMatchObject([{ state: 'waiting', reasonCode: 'group' }]);
    await world.report(east, first!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    await world.advance();
    const [second] = await sent(west);
    expect(second!.peers).toEqual([east.gatewayId]);
    await world.report(west, second!, { state: 'confirmed', holds: 'after', verdict: 'works' });
    await world.advance();
  });

  test('take turns in a window where the first cannot be reached, once its agent knows that the window is over', async () => {
    const start = world.now;
    for (const gateway of [east, west]) await openWindow(gateway, start, start + HOUR);
    for (const gateway of [east, west]) await openWindow(gateway, start + 4 * HOUR, start + 5 * HOUR);
    const expiresAt = instant(start + 10 * HOUR);
    await world.deploy([east.gatewayId], { mode: 'window', expiresAt });
    await world.deploy([west.gatewayId], { mode: 'window', expiresAt });
    const [first] = await sent(east);
    expect(await sent(west)).toEqual([]);
    world.now = start + 4 * HOUR - 1;
    await world.report(east, first!, { reasonCode: 'offline', windowUntil: start + HOUR });
    await world.advance();
    expect(await sent(west)).toEqual([]);
    await world.report(east, first!, { reasonCode: 'window', windowUntil: start + HOUR });
    world.now = start + 4 * HOUR;
    await world.advance();
    // Both are due in the second window; the group lets one begin.
    const due = [...(await sent(east)), ...(await sent(west))];
    expect(due.map(({ windowUntil }) => windowUntil)).toEqual([start + 5 * HOUR]);
  });
});
