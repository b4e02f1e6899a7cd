import { bin, run } from './lib/process.ts';

/** The simulations and properties of the alert engine with their large numbers; fails where one of them fails. */
const SPECS = ['packages/domain/src/alert/engine.sim.spec.ts', 'packages/domain/src/alert/engine.property.spec.ts'];

const started = process.hrtime.bigint();
await run(bin('vitest'), ['run', '--project', 'unit', ...SPECS], { env: { LOOPSTART_LONG_RUNS: '1' } });
process.stdout.write(`${Number(process.hrtime.bigint() - started) / 1e9} s\n`);
