import { randomUUID } from 'node:crypto';
import { judgeLineTest } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { plainFault, siteMaker } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();

/** Agent, gateway and verdict together: only the line test finds that the telephone is gone. */
test('a line test of an Eltex TAU finds an unplugged telephone that no reading shows', async () => {
  const tau = { name: 'tau', driver: 'eltex-tau', model: 'TAU-36.IP', address: '127.0.46.9', ports: [{}, {}, {}] };
  const site = await makeSite({ gateways: [tau] });
  site.sim.gateway('tau')?.living.setFault({ kind: 'unplug', port: 2, ...plainFault });
  await site.start();
  await until(() => site.cloud.reports().length > 0);
  const [report] = site.cloud.reports();
  expect(report?.state?.oper?.[1]).toBe(report?.state?.oper?.[0]);

  const actionId = randomUUID();
  await site.cloud.send({
    v: 1,
    kind: 'action',
    actionId,
    type: 'line-test',
    gatewayId: site.cloud.bodies('inventory')[0]?.gatewayId ?? '',
    position: 2,
    lineDeviceClass: 'phone',
    lifeSafetyConfirmed: false,
    expiresAt: Date.now() + 60_000,
  });
  const ended = () =>
    site.cloud.bodies('action').find((body) => body.actionId === actionId && body.state !== 'running');
  await until(() => ended() !== undefined, 60_000);
  expect(ended()).toMatchObject({ state: 'succeeded', reason: null });
  const values = ended()?.result ?? {};
  expect(values['supplyVoltageV']).toBeGreaterThan(45);
  expect(judgeLineTest({ values, model: 'TAU-36.IP', device: 'phone' })).toMatchObject({
    verdict: 'fail',
    reason: 'nothing-connected',
  });
}, 90_000);
