import { describe, expect, test } from 'vitest';
import { audiocodes, freePort, plainFault, siteMaker } from './testing/site-helpers.ts';
import type { TestSite } from './testing/test-site.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();
const LOST = { kind: 'notifications-lost', port: null, ...plainFault } as const;
const GROUND = { kind: 'ground-fault', port: 3, ...plainFault } as const;
const HOT = { kind: 'over-temperature', port: null, ...plainFault } as const;

/** Keys of the lists that were sent, one text a list. */
const lists = (site: TestSite) =>
  site.cloud.bodies('alarms').map(({ alarms }) => alarms.map(({ alarmKey }) => alarmKey).join(' '));
const living = (site: TestSite) => site.sim.gateway('a')!.living;

async function ready() {
  const trapPort = await freePort();
  const site = await makeSite({
    gateways: [{ ...audiocodes('a', '127.0.59.1'), notify: { port: trapPort } }],
    trapPort,
    haste: 10,
  });
  const agent = await site.start();
  await until(() => site.cloud.reports().length > 0);
  return { site, agent };
}

describe('the alarms that a gateway lists as active', () => {
  test('are sent at the start, and again where one came and went without a notification', async () => {
    const { site } = await ready();
    await until(() => lists(site).length === 1);
    expect(lists(site)).toEqual(['']);
    expect(site.cloud.bodies('alarms')[0]?.covers).toEqual(expect.arrayContaining(['3/', '9/', '76/', '141/']));
    living(site).setFault(LOST);
    living(site).setFault(GROUND);
    await until(() => lists(site).length === 2);
    expect(site.cloud.bodies('alarms')[1]?.alarms).toMatchObject([
      { alarmKey: '76/System#0/analogports#3', kind: 'port-fault', severity: 'major', position: 3 },
    ]);
    living(site).clearFaults(({ kind }) => kind === GROUND.kind);
    await until(() => lists(site).length === 3);
    expect(lists(site).at(-1)).toBe('');
    expect(site.cloud.events()).toEqual([]);
  });

  test('have the keys of the notifications that raised them, and are sent once those have settled', async () => {
    const { site } = await ready();
    living(site).setFault(GROUND);
    living(site).setFault(HOT);
    await until(() => site.cloud.events().length >= 2);
    await until(() => lists(site).at(-1)?.includes('76/') === true, 20_000);
    const raised = site.cloud.events().map(({ alarmKey }) => alarmKey);
    expect(lists(site).at(-1)?.split(' ').toSorted()).toEqual(raised.toSorted());
  });

  test('are not sent while they cannot be read to their end', async () => {
    const { site } = await ready();
    living(site).setFault(LOST);
    living(site).setFault(GROUND);
    await until(() => lists(site).length === 2);
    for (const corruption of ['truncate', 'loop', 'garbage', 'wrong-type'] as const) {
      living(site).setFault({ kind: 'wrong-answers', port: null, delayMs: 3_000, corruption });
      const health = site.cloud.bodies('health').length;
      await until(() => site.cloud.bodies('health').length > health + 2, 20_000);
    }
    expect(lists(site)).toHaveLength(2);
    living(site).clearFaults(({ kind }) => kind === 'wrong-answers');
    const reports = site.cloud.stored.length;
    await until(() => site.cloud.stored.slice(reports).some(({ kind }) => kind === 'reports' || kind === 'unchanged'));
    expect(lists(site).slice(1)).toEqual(
      lists(site)
        .slice(1)
        .map(() => '76/System#0/analogports#3'),
    );
  });

  test('are sent anew by an agent that started again', async () => {
    const { site, agent } = await ready();
    await until(() => lists(site).length === 1);
    await agent.stop();
    await site.start();
    await until(() => lists(site).length === 2, 20_000);
    expect(lists(site)).toEqual(['', '']);
  });
});
