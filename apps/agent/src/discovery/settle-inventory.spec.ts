import type { GatewayInfo, PortInfo } from '@loopstart/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settleInventory, UNSETTLED, type Former, type Settled, type Settling } from './settle-inventory.ts';

const MINUTE = 60_000;
const GATEWAY: GatewayInfo = {
  vendor: 'Patton',
  model: 'SN4114',
  modelReason: null,
  firmware: '3.15',
  hardwareRevision: null,
  serial: '4711',
  macAddress: null,
  sysName: 'gw',
  sysDescr: null,
  sysObjectId: null,
  powerSource: null,
};
const port = (position: number, name: string | null = `Port ${position}`): PortInfo => ({
  position,
  key: String(position + 100),
  kind: 'fxs',
  name,
  number: null,
  signalling: null,
  impedance: null,
  countryProfile: null,
  codecs: null,
  t38: null,
});
const found = (count: number, gateway: Partial<GatewayInfo> = {}): Former => ({
  gateway: { ...GATEWAY, ...gateway },
  ports: Array.from({ length: count }, (_, at) => port(at + 1)),
});
const UNKNOWN = { model: null, modelReason: 'unknown-hardware' } as const;
const WHOLE = { complete: true, portsComplete: true };
const positions = (settled: Settled) => settled.ports.map(({ position }) => position);

/** A sequence of readings: each continues with what the one before settled. */
function readings(known: Former | null, steps: readonly { afterMs: number; fresh: Former; read?: typeof WHOLE }[]) {
  let former = known;
  let settling: Settling = UNSETTLED;
  let nowMs = 0;
  return steps.map(({ afterMs, fresh, read }) => {
    nowMs += afterMs;
    const settled = settleInventory(former, fresh, read ?? WHOLE, settling, nowMs);
    former = settled;
    settling = settled.settling;
    return settled;
  });
}

const last = <T>(list: readonly T[]): T => list.at(-1) as T;

describe('ports that are missing', () => {
  test('once stay as known, and the gateway is read again soon', () => {
    const [settled] = readings(found(8), [{ afterMs: 0, fresh: found(0) }]);
    expect(settled?.ports).toEqual(found(8).ports);
    expect(settled).toMatchObject({ portList: 'incomplete', againInMs: 15_000 });
  });

  test('for 22 seconds after a start return to their places', () => {
    const settled = readings(found(8), [
      { afterMs: 0, fresh: found(0) },
      { afterMs: 15_000, fresh: found(0) },
      { afterMs: 7_000, fresh: found(8) },
    ]);
    for (const one of settled) expect(positions(one)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(last(settled).portList).toBe('unconfirmed');
  });

  test('in complete readings over ten minutes are gone', () => {
    const steps = [0, 4, 4, 4].map((minutes) => ({ afterMs: minutes * MINUTE, fresh: found(6) }));
    const settled = readings(found(8), steps);
    expect(settled.map(({ ports }) => ports.length)).toEqual([8, 8, 8, 6]);
    expect(last(settled).portList).toBe('confirmed');
  });

  test('in many readings within ten minutes stay, and in two over an hour too', () => {
    const often = readings(
      found(8),
      Array.from({ length: 50 }, () => ({ afterMs: 11_000, fresh: found(6) })),
    );
    expect(last(often).ports).toHaveLength(8);
    const seldom = readings(found(8), [
      { afterMs: 0, fresh: found(6) },
      { afterMs: 60 * MINUTE, fresh: found(6) },
    ]);
    expect(last(seldom).ports).toHaveLength(8);
  });

  test('and were read in between start from the beginning', () => {
    const steps = [6, 6, 8, 6, 6].map((count) => ({ afterMs: 5 * MINUTE, fresh: found(count) }));
    expect(last(readings(found(8), steps)).ports).toHaveLength(8);
  });

  test('in a list that was not read to its end never go', () => {
    const read = { complete: false, portsComplete: false };
    const steps = Array.from({ length: 100 }, () => ({ afterMs: 10 * MINUTE, fresh: found(3), read }));
    const settled = last(readings(found(8), steps));
    expect(settled).toMatchObject({ portList: 'incomplete', ports: found(8).ports });
  });

  test('of a gateway that was never read are not invented', () => {
    const [settled] = readings(null, [{ afterMs: 0, fresh: found(2) }]);
    expect(settled).toMatchObject({ ...found(2), portList: 'unconfirmed', againInMs: 300_000 });
  });
});

describe('texts that are missing', () => {
  const nameless: Former = { gateway: { ...GATEWAY, serial: null, firmware: null }, ports: [port(1, null), port(2)] };

  test('in one reading stay, of the gateway and of its ports', () => {
    const [settled] = readings(found(2), [{ afterMs: 0, fresh: nameless }]);
    expect(settled).toMatchObject(found(2));
  });

  test('in complete readings over ten minutes are gone', () => {
    const steps = [0, 5, 5].map((minutes) => ({ afterMs: minutes * MINUTE, fresh: nameless }));
    expect(last(readings(found(2), steps))).toMatchObject(nameless);
  });

  test.for([
    ['ports', found(0, UNKNOWN)],
    ['a text', found(2, { serial: null, model: 'SN4100 family' })],
  ] as const)('and a complete reading that lacks %s names no other model', ([, fresh]) => {
    expect(readings(found(2), [{ afterMs: 0, fresh }])[0]?.gateway).toEqual(GATEWAY);
  });

  test('and a complete reading that lacks nothing may name another model', () => {
    const fresh = found(2, { model: 'SN4118' });
    expect(readings(found(2), [{ afterMs: 0, fresh }])[0]?.gateway.model).toBe('SN4118');
  });

  test('that alone named the model keep it: an unknown model is not another model', () => {
    expect(readings(found(2), [{ afterMs: 0, fresh: found(2, UNKNOWN) }])[0]?.gateway).toEqual(GATEWAY);
  });

  test('and a model that was not known is that of the first whole reading, without the reason', () => {
    const known = found(2, UNKNOWN);
    const whole = readings(known, [{ afterMs: 0, fresh: found(2) }])[0];
    expect(whole?.gateway).toMatchObject({ model: 'SN4114', modelReason: null });
    const half = readings(known, [{ afterMs: 0, fresh: found(0) }])[0];
    expect(half?.gateway).toMatchObject(UNKNOWN);
  });

  test('in incomplete readings never go; the model is not made of half of them', () => {
    const fresh: Former = { ...nameless, gateway: { ...nameless.gateway, ...UNKNOWN } };
    const read = { complete: false, portsComplete: true };
    const steps = Array.from({ length: 20 }, () => ({ afterMs: 10 * MINUTE, fresh, read }));
    expect(last(readings(found(2), steps))).toMatchObject({ ...found(2), portList: 'confirmed' });
  });

  test('that have changed are replaced at once', () => {
    const fresh = found(2, { firmware: '3.16' });
    const read = { complete: false, portsComplete: true };
    expect(readings(found(2), [{ afterMs: 0, fresh, read }])[0]?.gateway.firmware).toBe('3.16');
  });
});

test('a list that was confirmed before a restart of the agent still is', () => {
  const [settled] = readings({ ...found(8), portList: 'confirmed' }, [{ afterMs: 0, fresh: found(8) }]);
  expect(settled).toMatchObject({ portList: 'confirmed', againInMs: 600_000 });
});

test('with any readings, a known port goes only after three complete readings without it', () => {
  const step = fc.record({
    count: fc.integer({ min: 0, max: 8 }),
    afterMs: fc.integer({ min: 0, max: 20 * MINUTE }),
    portsComplete: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      const settled = readings(
        found(8),
        steps.map(({ count, afterMs, portsComplete }) => ({
          afterMs,
          fresh: found(count),
          read: { complete: portsComplete, portsComplete },
        })),
      );
      settled.forEach(({ ports, portList }, at) => {
        const complete = steps.slice(0, at + 1).filter((one) => one.portsComplete);
        const justified = complete.slice(-3).every(({ count }) => count === complete.at(-1)?.count);
        if (portList === 'confirmed') expect(complete.length >= 3 && justified).toBe(true);
        const before = at === 0 ? found(8) : (settled[at - 1] as Settled);
        if (ports.length < before.ports.length) expect(portList).toBe('confirmed');
      });
    }),
  );
});
