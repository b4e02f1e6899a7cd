import { EMERGENCY_HOLD_MS, isHeld } from '@loopstart/domain';
import { driverById, interpretNotification, type Driver } from '@loopstart/drivers';
import { afterEach, expect, test } from 'vitest';
import { actionBench, type ActionBench } from '../testing/action-bench.ts';

/** bypassRelayActivated (VEGA-GATEWAY-MIB) in the v2 form of RFC 3584: it names no port. */
const BYPASS_RELAY = '1.3.6.1.4.1.4686.11.0.25';

let one: ActionBench | null = null;
afterEach(async () => {
  await one?.close();
  one = null;
});
const bench = (driver: string) =>
  actionBench({
    name: 'one',
    driver,
    access: { version: 'v2c', community: 'public', writeCommunity: 'private' },
    ports: [],
  });
const bypassRelay = () =>
  interpretNotification(
    (driverById('sangoma-vega') as Driver).notifications,
    { trapOid: BYPASS_RELAY, varbinds: [], uptimeTicks: null },
    [],
  );

test('the bypass relay of a Vega holds every line of it until the call-back time is over', async () => {
  one = await bench('sangoma-vega');
  expect(isHeld(one.session.emergencyCalls, 1, one.now())).toBe(false);
  one.session.takeNotification(bypassRelay());
  expect(isHeld(one.session.emergencyCalls, 1, one.now())).toBe(true);
  expect(isHeld(one.session.emergencyCalls, 8, one.now() + EMERGENCY_HOLD_MS - 1)).toBe(true);
  expect(isHeld(one.session.emergencyCalls, 1, one.now() + EMERGENCY_HOLD_MS)).toBe(false);
});

test('an idle line that is held is not disturbed by any request, and is free again afterwards', async () => {
  one = await bench('mediatrix-dgw');
  one.session.takeNotification(bypassRelay());
  const lock = { type: 'lock-port', position: 1, overrideReason: 'The porter watches the line.' } as const;
  expect(await one.ask(lock)).toMatchObject({ state: 'refused', reasonCode: 'emergency-hold' });
  expect(one.deeds).toEqual([]);
  one.pass(EMERGENCY_HOLD_MS);
  expect(await one.ask(lock)).toMatchObject({ state: 'succeeded' });
  expect(one.deeds).toMatchObject([{ position: 1, call: 'idle' }]);
});
