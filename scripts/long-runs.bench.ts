import { bin, run } from './lib/process.ts';

/** Simulations, properties and walks with their large numbers, for which all tests together have no time; fails where one fails. */
const SPECS = [
  'packages/domain/src/alert/engine.sim.spec.ts',
  'packages/domain/src/alert/engine.property.spec.ts',
  'apps/api/test/interleaved.api.spec.ts',
];

const started = process.hrtime.bigint();
await run(bin('vitest'), ['run', '--project', 'unit', '--project', 'api', ...SPECS], {
  env: { LOOPSTART_LONG_RUNS: '1' },
});
process.stdout.write(`${Number(process.hrtime.bigint() - started) / 1e9} s\n`);
