import { randomUUID } from 'node:crypto';
import type { SimGatewayInput } from '@loopstart/sim';
import { describe, expect, test } from 'vitest';
import type { ActionRequest } from './actions/action-subject.ts';
import type { TestSite } from './testing/test-site.ts';
import { siteMaker, audiocodes, plainFault } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();

describe('an action', () => {
  const action = (site: TestSite, part: Partial<ActionRequest>): ActionRequest => ({
    v: 1,
    kind: 'action',
    actionId: randomUUID(),
    type: 'reset-port',
    gatewayId: site.cloud.bodies('inventory')[0]?.gatewayId ?? '',
    position: 1,
    lineDeviceClass: 'phone',
    lifeSafetyConfirmed: false,
    // An AudioCodes cannot show that a line is idle, so every disturbing action is requested with an override here.
    overrideReason: 'The porter watches the line.',
    expiresAt: Date.now() + 60_000,
    ...part,
  });
  const states = (site: TestSite, actionId: string) =>
    site.cloud.bodies('action').flatMap((body) => (body.actionId === actionId ? [body.state] : []));
  const ready = async (gateway: Partial<SimGatewayInput> = {}) => {
    const site = await makeSite({ gateways: [{ ...audiocodes('a', '127.0.46.1'), ...gateway }] });
    const agent = await site.start();
    await until(() => site.cloud.reports().length > 0);
    return { site, agent };
  };

  test('is carried out once, however often it is requested, also after a restart', async () => {
    const { site, agent } = await ready();
    const request = action(site, {});
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).includes('succeeded'));
    expect(states(site, request.actionId)).toEqual(['running', 'succeeded']);
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).length === 3);
    await agent.stop();
    await site.start();
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).length === 4);
    expect(states(site, request.actionId)).toEqual(['running', 'succeeded', 'succeeded', 'succeeded']);
  });

  test('on a port whose receiver is off the hook is refused, though it was idle a moment ago', async () => {
    const { site } = await ready();
    site.sim.gateway('a')?.living.setFault({ kind: 'receiver-off-hook', port: 1, ...plainFault });
    const request = action(site, {});
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).length > 0);
    const [ended] = site.cloud.bodies('action');
    expect(ended).toMatchObject({ state: 'refused', reasonCode: 'off-hook', reason: 'The receiver is off the hook.' });
  });

  test.for<[string, Partial<ActionRequest>, string, RegExp]>([
    ['that came too late', { expiresAt: 1 }, 'expired', /after the time/],
    ['for a gateway of another operator', { gatewayId: randomUUID() }, 'refused', /does not know the gateway/],
    ['for a port that is not there', { position: 99 }, 'refused', /no such port/],
    ['that the gateway has no object for', { type: 'lock-port' }, 'refused', /cannot lock a port/],
    ['that no maker has an object for', { type: 'identify', position: null }, 'refused', /cannot make itself known/],
    ['on a lift phone without a confirmation', { lineDeviceClass: 'lift-phone' }, 'refused', /lift phone/],
    ['on a line that may ring', { overrideReason: null }, 'refused', /cannot tell whether a line is idle/],
    ['of a cloud that knows no override', { overrideReason: undefined }, 'refused', /cannot tell whether a line is/],
    [
      'on a line held for an emergency call',
      { ports: [{ position: 1, lineDeviceClass: 'phone', emergencyHold: true }] },
      'refused',
      /emergency call/,
    ],
    [
      'that interrupts an alarm panel without a confirmation',
      {
        type: 'reboot',
        position: null,
        ports: [{ position: 3, lineDeviceClass: 'alarm-panel', emergencyHold: false }],
      },
      'refused',
      /^Port 3: An alarm panel/,
    ],
  ])('%s does nothing', async ([, part, state, reason]) => {
    const { site } = await ready();
    const request = action(site, part);
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).length > 0);
    expect(site.cloud.bodies('action')).toMatchObject([{ state, reason: expect.stringMatching(reason) }]);
  });

  test('poll-now brings a full report', async () => {
    const { site } = await ready();
    const before = site.cloud.reports().filter(({ full }) => full).length;
    const request = action(site, { type: 'poll-now', position: null });
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).includes('succeeded'));
    await until(() => site.cloud.reports().filter(({ full }) => full).length === before + 1);
  });

  test('that writes needs a write community', async () => {
    const readOnly = { ...audiocodes('a', '127.0.46.1'), access: { version: 'v2c', community: 'public' } } as const;
    const site = await makeSite({ gateways: [readOnly] });
    await site.start();
    await until(() => site.cloud.reports().length > 0);
    const request = action(site, {});
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).length > 0);
    expect(site.cloud.bodies('action')).toMatchObject([{ state: 'refused', reasonCode: 'no-write-access' }]);
    expect(site.cloud.bodies('inventory')[0]).toMatchObject({ canWrite: false });
  });

  test('reboot has succeeded when the gateway is back', async () => {
    const { site } = await ready();
    const request = action(site, { type: 'reboot', position: null });
    await site.cloud.send(request);
    const life = () => site.sim.gateway('a')?.living;
    await until(() => (life()?.life.active ?? []).some(({ kind }) => kind === 'reboot'));
    // The restart is shortened: the rest of the test need not take as long as a real one.
    life()?.setFault({ kind: 'reboot', port: null, ...plainFault }, { forMs: 300 });
    await until(() => states(site, request.actionId).includes('succeeded'), 30_000);
    expect(states(site, request.actionId)).toEqual(['running', 'succeeded']);
    const done = site.cloud.bodies('action').at(-1);
    expect(Number(done?.result['uptimeS'])).toBeLessThan(90);
  }, 120_000);

  test('is refused by a gateway whose community may only read, and nothing is done', async () => {
    const { site } = await ready({ access: { version: 'v2c', community: 'public' } });
    const request = action(site, { type: 'line-test' });
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).some((state) => state !== 'running'));
    expect(states(site, request.actionId).at(-1)).toMatch(/failed|refused/);
    expect(site.sim.gateway('a')?.living.life.ports[0]).toMatchObject({ testEndsAt: Infinity, tested: null });
  });

  test('line test brings its readings', async () => {
    // From 6.6 on these units measure nothing.
    const { site } = await ready({ firmware: '6.20A.038.002' });
    const request = action(site, { type: 'line-test' });
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).some((state) => state !== 'running'), 60_000);
    const done = site.cloud.bodies('action').at(-1);
    expect(done).toMatchObject({ state: 'succeeded', reason: null });
    const { loopCurrentMa } = done?.result ?? {};
    expect(loopCurrentMa).toEqual(expect.any(Number));
    await until(() => site.cloud.reports().some(({ measures }) => measures?.loopCurrentMa?.[0] === loopCurrentMa));
  }, 90_000);

  test('on a gateway that does not answer fails with the reason', async () => {
    const { site } = await ready();
    site.sim.gateway('a')?.living.setFault({ kind: 'hang', port: null, ...plainFault });
    const request = action(site, { type: 'poll-now', position: null });
    await site.cloud.send(request);
    await until(() => states(site, request.actionId).length > 0, 20_000);
    expect(site.cloud.bodies('action')).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('does not answer') },
    ]);
  });
});
