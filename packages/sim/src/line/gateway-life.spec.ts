import { LINE_DEVICE_CLASSES, type LineDeviceClass } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FAULT_KINDS,
  GATEWAY_FAULT_KINDS,
  PORT_FAULT_KINDS,
  placeProblem,
  planFault,
  ScriptedFault,
  type FaultPlan,
} from '../fault/fault.ts';
import { isDown } from '../fault/condition.ts';
import { localHourOfWeek } from '../local-time.ts';
import { hash32 } from '../random.ts';
import type { Change } from './changes.ts';
import { bornGateway, command, replan, step } from './gateway-life.ts';
import type { GatewayLife, GatewayProfile } from './life.ts';
import { readGateway } from './reading.ts';

const START = Date.UTC(2026, 2, 2, 9, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function profileOf(seed: number, devices: readonly LineDeviceClass[], pace = 1, timeZone = 'UTC'): GatewayProfile {
  return {
    seed,
    tempo: { pace, timeZone },
    ports: devices.map((device, index) => ({
      kind: 'fxs' as const,
      device,
      registers: device !== 'unused',
      seed: hash32(seed, index),
    })),
  };
}

const devicesArb = fc.array(fc.constantFrom(...LINE_DEVICE_CLASSES), { minLength: 1, maxLength: 8 });
const profileArb = fc
  .record({ seed: fc.nat(), devices: devicesArb, pace: fc.constantFrom(1, 12, 60) })
  .map(({ seed, devices, pace }) => profileOf(seed, devices, pace));

/** Faults with times within the first half hour, on ports 1 to 8 whether they exist or not. */
const planArb: fc.Arbitrary<FaultPlan> = fc
  .record({
    kind: fc.constantFrom(...FAULT_KINDS),
    port: fc.option(fc.integer({ min: 1, max: 8 })),
    afterMs: fc.integer({ min: 0, max: 30 * MINUTE }),
    forMs: fc.option(fc.integer({ min: 1, max: 10 * MINUTE })),
    gapMs: fc.option(fc.integer({ min: 10_000, max: 10 * MINUTE })),
  })
  .map(({ gapMs, ...fault }) => ({
    ...fault,
    port: placeProblem(fault) === null ? fault.port : fault.port === null ? 1 : null,
    everyMs: gapMs === null || fault.forMs === null ? null : fault.forMs + gapMs,
  }))
  .map((fault) => planFault(ScriptedFault.parse(fault), START));

const timesArb = fc
  .array(fc.integer({ min: 0, max: HOUR }), { maxLength: 30 })
  .map((offsets) => offsets.toSorted((a, b) => a - b).map((offset) => START + offset));

describe('a life', () => {
  test('does not depend on how often it is stepped', () => {
    fc.assert(
      fc.property(profileArb, fc.array(planArb, { maxLength: 4 }), timesArb, (profile, plans, times) => {
        const born = bornGateway(profile, plans, START);
        const end = START + HOUR;
        let looked = born;
        const changes: Change[] = [];
        for (const at of [...times, end]) {
          const next = step(profile, looked, at);
          looked = next.life;
          changes.push(...next.changes);
        }
        const once = step(profile, born, end);
        expect(looked).toEqual(once.life);
        expect(changes).toEqual(once.changes);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same object while nothing happens', () => {
    const profile = profileOf(7, ['unused', 'unused']);
    const life = step(profile, bornGateway(profile, [], START), START + HOUR).life;
    expect(step(profile, life, START + 24 * HOUR).life).toBe(life);
  });

  test('differs with the seed', () => {
    const [one, two] = [1, 2].map((seed) => {
      const profile = profileOf(seed, ['phone', 'fax']);
      return step(profile, bornGateway(profile, [], START), START + 4 * HOUR).changes;
    });
    expect(one).not.toEqual(two);
  });
});

describe('a reading', () => {
  test('never contradicts itself, with any faults', () => {
    fc.assert(
      fc.property(profileArb, fc.array(planArb, { maxLength: 4 }), timesArb, (profile, plans, times) => {
        let life = bornGateway(profile, plans, START);
        for (const at of times) {
          life = step(profile, life, at).life;
          expect(life.nextAt).toBeGreaterThan(at);
          expectConsistent(profile, life, at);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is healthy again once all faults are cleared', () => {
    fc.assert(
      fc.property(profileArb, fc.array(planArb, { minLength: 1, maxLength: 5 }), (profile, plans) => {
        const broken = step(profile, bornGateway(profile, plans, START), START + 20 * MINUTE).life;
        const cleared = replan(profile, broken, [], START + 20 * MINUTE).life;
        const at = START + 21 * MINUTE;
        const life = step(profile, cleared, at).life;
        expect(life.active).toEqual([]);
        for (const [index, { state }] of readGateway(profile, life, at).ports.entries()) {
          expect(state).toMatchObject({ admin: 'unlocked', oper: 'in-service', fault: 'none' });
          expect(state.call).not.toBe('receiver-off-hook');
          expect(state.registration).toBe(profile.ports[index]?.registers ? 'registered' : 'not-used');
        }
      }),
      { numRuns: 60 },
    );
  });
});

function expectConsistent(profile: GatewayProfile, life: GatewayLife, at: number): void {
  const reading = readGateway(profile, life, at);
  for (const [index, { state, measures }] of reading.ports.entries()) {
    const fed = measures.lineVoltageV !== 0;
    expect(state.hook === 'off-hook').toBe((measures.loopCurrentMa ?? 0) > 0);
    if (state.call === 'talking' || state.call === 'dialling') expect(state.hook).toBe('off-hook');
    if (state.call === 'ringing' || state.call === 'idle') expect(state.hook).toBe('on-hook');
    expect((measures.ringVoltageV ?? 0) > 0).toBe(state.call === 'ringing');
    const foreign = life.active.some(({ kind, port }) => kind === 'foreign-voltage' && port === index + 1);
    if (fed && state.hook === 'on-hook' && !foreign) expect(measures.lineVoltageV).toBeGreaterThan(46);
    if (fed && state.hook === 'off-hook') expect(measures.lineVoltageV).toBeLessThan(11);
    if (state.admin === 'locked') expect(state.call).toBe('idle');
    if (isDown(life.active)) expect(state).toMatchObject({ call: 'idle', hook: 'on-hook' });
    if (profile.ports[index]?.device === 'unused') {
      expect(['idle', 'receiver-off-hook']).toContain(state.call);
    }
  }
}

describe('commands', () => {
  const profile = profileOf(3, ['phone', 'phone'], 30);
  const busy = (): { life: GatewayLife; at: number } => {
    let life = bornGateway(profile, [], START);
    for (let at = START; ; at += 1000) {
      life = step(profile, life, at).life;
      if (life.ports[0]?.call === 'talking') return { life, at };
    }
  };

  test('a lock lets a call end, and admits no other', () => {
    const { life, at } = busy();
    let waiting = command(profile, life, 'lock', 0, at).life;
    expect(waiting.ports[0]).toMatchObject({ admin: 'shutting-down', call: 'talking' });
    expect(readGateway(profile, waiting, at).ports[0]?.state).toMatchObject({ oper: 'in-service', hook: 'off-hook' });
    let until = at;
    while (waiting.ports[0]?.admin === 'shutting-down') waiting = step(profile, waiting, (until += 1_000)).life;
    expect(waiting.ports[0]).toMatchObject({ admin: 'locked', call: 'idle', callsOut: life.ports[0]?.callsOut });
    expect(until).toBeGreaterThan(at);
  });

  test('a port that is locked by force drops its call, loses its registration and feed, and makes no calls', () => {
    const { life, at } = busy();
    const locked = command(profile, life, 'force-lock', 0, at);
    expect(locked.changes.map(({ kind, position }) => [kind, position])).toContainEqual(['registration-lost', 1]);
    const later = step(profile, locked.life, at + HOUR).life;
    const reading = readGateway(profile, later, at + HOUR);
    expect(reading.ports[0]?.state).toMatchObject({ admin: 'locked', call: 'idle', registration: 'unregistered' });
    expect(reading.ports[0]?.measures.lineVoltageV).toBe(0);
    expect(later.ports[0]?.callsOut).toBe(life.ports[0]?.callsOut);
    expect(reading.ports[1]?.state.admin).toBe('unlocked');
    const unlocked = command(profile, later, 'unlock', 0, at + HOUR).life;
    const well = step(profile, unlocked, at + HOUR + MINUTE).life;
    expect(well.ports[0]).toMatchObject({ admin: 'unlocked', registration: 'registered' });
  });

  test('a reset drops the call and registers again, but keeps the counters', () => {
    const { life, at } = busy();
    const reset = command(profile, life, 'reset', 0, at).life.ports[0];
    expect(reset).toMatchObject({ call: 'idle', registration: 'unregistered', callsOut: life.ports[0]?.callsOut });
  });

  test('a line test takes five seconds and leaves a result', () => {
    const quiet = profileOf(3, ['unused']);
    const life = command(quiet, bornGateway(quiet, [], START), 'line-test', 0, START).life;
    expect(readGateway(quiet, life, START).ports[0]?.state.oper).toBe('testing');
    const after = step(quiet, life, START + 5_000).life;
    expect(readGateway(quiet, after, START + 5_000).ports[0]?.state.oper).toBe('in-service');
    expect(after.ports[0]?.tested).toMatchObject({ startedAt: START, endedAt: START + 5_000, hook: 'on-hook' });
  });

  test('a line test ends whatever the line was doing', () => {
    const { life, at } = busy();
    expect(command(profile, life, 'line-test', 0, at).life.ports[0]).toMatchObject({ call: 'idle' });
  });

  test('a port that does not exist is refused', () => {
    expect(() => command(profile, bornGateway(profile, [], START), 'lock', 9, START)).toThrow(/no port at index 9/);
  });
});

describe('the changes that a gateway reports', () => {
  const portFaults: [string, string][] = [
    ['hardware-failure', 'hardware-failure'],
    ['ground-fault', 'ground-fault'],
    ['over-temperature', 'over-temperature'],
  ];
  test.for(portFaults)('%s on a port is reported as %s and cleared again', ([kind, reason]) => {
    const profile = profileOf(11, ['unused', 'unused']);
    const plan = planFault(ScriptedFault.parse({ kind, port: 2, afterMs: 1000, forMs: 5000 }), START);
    const { changes } = step(profile, bornGateway(profile, [plan], START), START + MINUTE);
    const faults = changes.filter((change) => change.kind.startsWith('port-fault'));
    expect(faults).toEqual([
      { at: START + 1000, kind: 'port-fault', position: 2, fault: reason },
      { at: START + 6000, kind: 'port-fault-cleared', position: 2, fault: reason },
    ]);
  });

  test.for(['unplug', 'short', 'foreign-voltage', 'no-feed'] as const)(
    '%s of an idle FXS line is noticed by no gateway',
    (kind) => {
      const profile = profileOf(11, ['unused', 'unused']);
      const plan = planFault(ScriptedFault.parse({ kind, port: 2, afterMs: 1000, forMs: 5000 }), START);
      const struck = step(profile, bornGateway(profile, [plan], START), START + 2000);
      expect(struck.changes.filter((change) => change.kind.startsWith('port-fault'))).toEqual([]);
      expect(readGateway(profile, struck.life, START + 2000).ports[1]?.state).toMatchObject({
        oper: 'in-service',
        fault: 'none',
        // A short is a closed loop: it looks like a lifted receiver.
        hook: kind === 'short' ? 'off-hook' : 'on-hook',
      });
    },
  );

  test('an FXO port detects that its exchange line is gone', () => {
    const fxs = profileOf(11, ['unused']);
    const profile = { ...fxs, ports: fxs.ports.map((port) => ({ ...port, kind: 'fxo' as const })) };
    const plan = planFault(ScriptedFault.parse({ kind: 'unplug', port: 1, afterMs: 1000, forMs: 5000 }), START);
    const { changes } = step(profile, bornGateway(profile, [plan], START), START + MINUTE);
    expect(changes.map(({ kind, fault }) => [kind, fault])).toEqual([
      ['port-fault', 'no-exchange-line'],
      ['port-fault-cleared', 'no-exchange-line'],
    ]);
  });

  test('a reboot is silent, ends in a cold start and restarts the clock and the counters', () => {
    const profile = profileOf(5, ['phone'], 60);
    const plan = planFault(ScriptedFault.parse({ kind: 'reboot', afterMs: 10 * MINUTE, forMs: 30_000 }), START);
    const { life, changes } = step(profile, bornGateway(profile, [plan], START), START + 10 * MINUTE + 30_000);
    expect(changes.filter(({ at }) => at > START + 10 * MINUTE && at < START + 10 * MINUTE + 30_000)).toEqual([]);
    expect(changes.at(-1)).toMatchObject({ kind: 'cold-start', at: START + 10 * MINUTE + 30_000 });
    expect(life.boots).toBe(2);
    expect(readGateway(profile, life, START + 10 * MINUTE + 40_000).measures.uptimeS).toBe(10);
    expect(life.ports[0]).toMatchObject({ callsIn: 0, callsOut: 0 });
  });

  test('a lost registrar is detected on every registered port, and its return too', () => {
    const profile = profileOf(5, ['fax', 'unused', 'lift-phone']);
    const plan = planFault(ScriptedFault.parse({ kind: 'registrar-lost', afterMs: MINUTE, forMs: MINUTE }), START);
    const { changes } = step(profile, bornGateway(profile, [plan], START), START + 3 * MINUTE);
    const reported = changes
      .filter(({ kind }) => kind.startsWith('registration'))
      .map(({ kind, position }) => [kind, position]);
    const lines = reported.filter(([, position]) => position !== null);
    expect(lines.filter(([kind]) => kind === 'registration-lost').toSorted()).toEqual([
      ['registration-lost', 1],
      ['registration-lost', 3],
    ]);
    expect(lines.filter(([kind]) => kind === 'registration-restored')).toHaveLength(4);
    // The gateway itself reports once that its server is gone, and once that it is back.
    expect(reported.filter(([, position]) => position === null).map(([kind]) => kind)).toEqual([
      'registration-lost',
      'registration-restored',
    ]);
  });
});

describe('habits', () => {
  test('an alarm panel makes its test call once a night, between two and four', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Sydney'), (seed, zone) => {
        const profile = profileOf(seed, ['alarm-panel'], 1, zone);
        const { changes } = step(profile, bornGateway(profile, [], START), START + 7 * 24 * HOUR);
        const hours = changes
          .filter(({ kind }) => kind === 'hook-change')
          .map(({ at }) => localHourOfWeek(at, zone) % 24);
        expect(hours.length).toBeGreaterThanOrEqual(14);
        expect(hours.every((hour) => hour >= 2 && hour < 4.1)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test.for<[LineDeviceClass, number, number]>([
    ['phone', 60, 400],
    ['fax', 10, 150],
    ['alarm-panel', 7, 7],
    ['lift-phone', 1, 8],
    ['card-terminal', 150, 700],
    ['unused', 0, 0],
  ])('a week of a %s holds between %d and %d calls', ([device, least, most]) => {
    const profile = profileOf(42, [device]);
    const { life } = step(profile, bornGateway(profile, [], START), START + 7 * 24 * HOUR);
    const calls = (life.ports[0]?.callsIn ?? 0) + (life.ports[0]?.callsOut ?? 0);
    expect(calls).toBeGreaterThanOrEqual(least);
    expect(calls).toBeLessThanOrEqual(most);
  });

  test('at the speed of the demo a busy office shows changes within a minute', () => {
    const profile = profileOf(
      1,
      Array.from({ length: 24 }, () => 'phone' as const),
      12,
    );
    const { changes } = step(profile, bornGateway(profile, [], START), START + MINUTE);
    expect(changes.some(({ kind }) => kind === 'hook-change')).toBe(true);
  });
});

test('every kind of fault belongs to a port or to a gateway', () => {
  expect(PORT_FAULT_KINDS.map((kind) => placeProblem({ kind, port: 1 }))).toEqual(PORT_FAULT_KINDS.map(() => null));
  expect(GATEWAY_FAULT_KINDS.map((kind) => placeProblem({ kind, port: null }))).toEqual(
    GATEWAY_FAULT_KINDS.map(() => null),
  );
});
