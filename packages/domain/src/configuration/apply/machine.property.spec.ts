import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelSite, type ModelFault, type ModelOptions } from './testing/model-site.ts';
import { runJob } from './testing/run-job.ts';
import type { ApplyPlan } from './state.ts';

const FAULTS: ModelFault[] = [
  'agent-killed-before',
  'agent-killed-after',
  'power-cut',
  'site-offline',
  'sip-server-down',
  'transfer-cut',
  'key-refused',
  'login-refused',
  'call-begins',
  'clock-back',
  'clock-ahead',
  'comes-back-wrong',
  'swapped',
  'storage-full',
];
const arbitraryOptions: fc.Arbitrary<ModelOptions> = fc.record({
  change: fc.constantFrom('works', 'wrong-server', 'wrong-secret', 'breaks-port'),
  others: fc.nat(3),
  hidesSecrets: fc.boolean(),
  savesByItself: fc.boolean(),
});
const arbitraryFaults = fc
  .array(fc.tuple(fc.nat(24), fc.constantFrom(...FAULTS)), { maxLength: 6 })
  .map((pairs) => new Map(pairs));

const planAt = (wallMs: number): ApplyPlan => ({
  reads: false,
  notBeforeMs: wallMs,
  expiresAtMs: wallMs + 6 * 3_600_000,
  windowUntilMs: null,
  mustRegister: [],
  acceptsReadBack: false,
  confirmWithinMs: 180_000,
  takesEffectMs: 20_000,
  checkEveryMs: 10_000,
});

/** One run, with what must hold after every one. */
function run(options: ModelOptions, faults: ReadonlyMap<number, ModelFault>) {
  const site = new ModelSite(options);
  const ran = runJob(planAt(site.wallMs), site, faults);
  site.calm();
  const { job, verdicts } = ran;
  expect(site.up).toBe(true);
  expect(site.callsCut).toBe(0);
  const holds = site.running.every(Boolean) ? 'after' : site.running.some(Boolean) ? 'mixed' : 'before';
  expect([job.state, site.spoilt ? 'spoilt' : holds]).toEqual([
    job.state,
    job.state === 'confirmed' ? 'after' : 'before',
  ]);
  // What is confirmed is stored, too, and survives the next power cut.
  expect(site.stored).toEqual(site.running);
  if (job.state === 'confirmed') expect(site.settingsWork).toBe(true);
  for (const given of verdicts) {
    if (given.verdict === 'works') expect([given.siteOffline, given.serverDown]).toEqual([false, false]);
    if (given.verdict === 'site-offline') expect(given.siteOffline).toBe(true);
    if (given.verdict === 'sip-server-down') expect(given.serverDown).toBe(true);
  }
  return { ...ran, site };
}

describe('whatever happens to agent, gateway and site', () => {
  test('a job ends, the gateway has one configuration whole, works with it, and no call was cut', () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryOptions, arbitraryFaults, (options, faults) => {
        const { job } = run(options, faults);
        ends.set(job.state, (ends.get(job.state) ?? 0) + 1);
      }),
      { numRuns: 500 },
    );
    // The runs reach every end.
    expect([...ends.keys()].toSorted()).toEqual(['confirmed', 'failed', 'reverted']);
  });

  test('a change that works is confirmed and one that does not is reverted, wherever the agent is killed', () => {
    for (const change of ['works', 'wrong-server', 'wrong-secret', 'breaks-port'] as const)
      for (const fault of ['agent-killed-before', 'agent-killed-after'] as const)
        for (let at = 0; at < 20; at += 1) {
          const options = { change, others: 1, hidesSecrets: false, savesByItself: false };
          const { job, site } = run(options, new Map([[at, fault]]));
          const neverWritten = site.writes === 0;
          if (change !== 'works') expect([change, at, job.state]).toEqual([change, at, 'reverted']);
          // Killed before the write began: what is not on the gateway is not assumed, and nothing is left behind.
          else if (job.state !== 'confirmed')
            expect([job.state, neverWritten || site.running[0]]).toEqual(['reverted', false]);
        }
  });
});
