import { expect, test } from 'vitest';
import { audiocodes, siteMaker } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const HOUR = 3_600_000;
const makeSite = siteMaker();

test('a wall clock that is two hours behind, or set while the agent runs, does not change the times of readings', async () => {
  let wallAheadMs = -2 * HOUR;
  const site = await makeSite({ gateways: [audiocodes('a', '127.0.40.1')], haste: 1, wallAheadMs: () => wallAheadMs });
  const { cloud } = site;
  cloud.clock = () => Date.now();
  await site.start();
  /** The times of new readings, as seen from the true time. */
  const readings = async () => {
    const from = cloud.bodies('unchanged').length;
    await until(() => cloud.bodies('unchanged').length > from + 1, 30_000);
    return cloud
      .bodies('unchanged')
      .slice(from + 1)
      .map(({ at }) => Date.now() - at);
  };
  const reported = () => cloud.bodies('health').at(-1)?.clockAheadMs;
  await until(() => typeof reported() === 'number');
  for (const ageMs of await readings()) expect(ageMs).toBeLessThan(15_000);
  expect(Math.abs((reported() as number) + 2 * HOUR)).toBeLessThan(5_000);
  for (const next of [3 * HOUR, 0]) {
    wallAheadMs = next;
    const from = cloud.bodies('health').length;
    for (const ageMs of await readings()) {
      expect(ageMs).toBeLessThan(15_000);
      expect(ageMs).toBeGreaterThan(-1_000);
    }
    await until(() => cloud.bodies('health').length > from + 1);
    expect(Math.abs((reported() as number) - next)).toBeLessThan(5_000);
  }
}, 90_000);
