import { CALL_STATES, DISTURBING_ACTIONS, EMERGENCY_HOLD_MS, PORT_ACTIONS, type ActionType } from '@loopstart/domain';
import { actionRules, drivers } from '@loopstart/drivers';
import type { SimGatewayInput } from '@loopstart/sim';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { actionBench, type ActionBench } from '../testing/action-bench.ts';

/** Drivers whose gateways have ports, and at least one action that interrupts a line. */
const disturbers = drivers.filter((driver) =>
  [...DISTURBING_ACTIONS].some((type) => actionRules(driver)[type] !== undefined),
);
const PORTS = 4;
/** A whole run over one driver; faster machines try more events. */
const BUDGET_MS = 6_000;
const LIMIT_MS = 60_000;

const open: ActionBench[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});
const bench = async (input: Pick<SimGatewayInput, 'driver' | 'model'>) => {
  const made = await actionBench({
    name: 'one',
    ...input,
    access: { version: 'v2c', community: 'public', writeCommunity: 'private' },
    ports: Array.from({ length: PORTS }, () => ({ device: 'phone' as const })),
  });
  open.push(made);
  return made;
};
/** The smallest model that still has the lines. */
const modelOf = ({ models }: (typeof drivers)[number]) =>
  models
    .filter(({ fxs, fxo }) => fxs + fxo >= PORTS)
    .toSorted((a, b) => a.fxs + a.fxo - b.fxs - b.fxo)
    .at(0)?.name;

const TRUE_CALLS = CALL_STATES.filter(
  (call) => !['conference', 'receiver-off-hook', 'in-use', 'seizing'].includes(call),
);
const event = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 900_000 }) }),
  fc.record({
    kind: fc.constant('seek' as const),
    position: fc.integer({ min: 1, max: PORTS }),
    call: fc.constantFrom(...TRUE_CALLS),
  }),
  fc.record({
    kind: fc.constant('emergency' as const),
    position: fc.option(fc.integer({ min: 1, max: PORTS })),
  }),
  fc.record({
    kind: fc.constant('ask' as const),
    type: fc.constantFrom<ActionType>(...DISTURBING_ACTIONS),
    position: fc.integer({ min: 1, max: PORTS }),
    device: fc.constantFrom('phone', 'unused', 'unknown', 'lift-phone', 'teleprinter'),
    confirmed: fc.boolean(),
  }),
);
const events = fc.array(event, { minLength: 2, maxLength: 8 });

describe.for(disturbers.map((driver) => [driver.id, driver] as const))(
  '%s, whatever happens in any order',
  ([id, driver]) => {
    test(
      'nothing that rings, talks or holds an emergency call is reset, tested, locked or rebooted without an override',
      async () => {
        const one = await bench({ driver: id, model: modelOf(driver) });
        const held: { position: number | null; untilMs: number }[] = [];
        const isHeld = (position: number) =>
          held.some((call) => one.now() < call.untilMs && (call.position ?? position) === position);
        await fc.assert(
          fc.asyncProperty(events, async (happenings) => {
            for (const happening of happenings) {
              if (happening.kind === 'pass') one.pass(happening.ms);
              else if (happening.kind === 'seek') one.seek(happening.position, happening.call);
              else if (happening.kind === 'emergency') {
                held.push({ position: happening.position, untilMs: one.now() + EMERGENCY_HOLD_MS });
                one.session.takeNotification(emergencyCall(happening.position));
              } else {
                const before = one.deeds.length;
                const { type, device, confirmed } = happening;
                const position = PORT_ACTIONS.has(type) ? happening.position : null;
                const holds = Array.from({ length: PORTS }, (_, at) => isHeld(at + 1));
                await one.ask({ type, position, lineDeviceClass: device, lifeSafetyConfirmed: confirmed });
                for (const deed of one.deeds.slice(before)) {
                  expect([deed.what, deed.call, holds[deed.position - 1] ?? false]).toEqual([deed.what, 'idle', false]);
                }
              }
            }
          }),
          { numRuns: 60, interruptAfterTimeLimit: BUDGET_MS, markInterruptAsFailure: false },
        );
      },
      LIMIT_MS,
    );

    test(
      'a line that rings is not disturbed; an idle one is, where the model can show it or a reason is given',
      async () => {
        const one = await bench({ driver: id, model: modelOf(driver) });
        for (const type of DISTURBING_ACTIONS) {
          if (actionRules(driver)[type] === undefined) continue;
          const position = PORT_ACTIONS.has(type) ? 2 : null;
          expect(one.seek(2, 'ringing')).toBe(true);
          const before = one.deeds.length;
          const refused = await one.ask({ type, position });
          expect([refused.state, refused.reasonCode]).toEqual(['refused', expect.stringMatching(/./)]);
          expect(one.deeds.length).toBe(before);
          // Every line idle at once, for a reboot.
          for (
            let tries = 0;
            tries < 500 && one.living.read().ports.some(({ state }) => state.call !== 'idle');
            tries++
          ) {
            one.pass(5_000);
          }
          const outcome = await one.ask({ type, position });
          const overridden = await one.ask({ type, position, overrideReason: 'The porter watches the line.' });
          expect([type, outcome.state === 'refused' || one.deeds.length > before]).toEqual([type, true]);
          // Locking a port twice is pointless, and is refused as such.
          if (overridden.reasonCode !== 'already-locked') expect(overridden.reasonCode ?? null).toBeNull();
          expect(one.deeds.length).toBeGreaterThan(before);
          if (type === 'lock-port') await one.ask({ type: 'unlock-port', position });
          one.pass(600_000);
        }
      },
      LIMIT_MS,
    );
  },
);

function emergencyCall(position: number | null) {
  const text = 'An emergency call holds the line.';
  const draft = {
    kind: 'emergency-call' as const,
    severity: 'major' as const,
    position,
    text,
    alarmKey: null,
    detail: {},
  };
  return { events: [draft], implies: [], pollNow: false };
}
