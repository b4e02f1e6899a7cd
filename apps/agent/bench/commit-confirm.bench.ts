/**
 * Whether a configuration job leaves a gateway well, whatever happens to it: the agent's own code against simulated
 * gateways of four vendors with their provisioning, one fault or two in each run. Prints what was left behind; ends with 1
 * where that is anything.
 *
 * Node apps/agent/bench/commit-confirm.bench.ts [runs] [seed]
 */
import { configBench, type ConfigBench } from '../src/testing/config-bench.ts';
import { oneRun } from './commit-confirm/one-run.ts';
import { UNITS } from './commit-confirm/units.ts';

const runs = Number(process.argv[2] ?? 600);
const firstSeed = Number(process.argv[3] ?? 1);
/** Runs with one gateway; then a new one begins, of the next vendor. */
const RUNS_PER_GATEWAY = 20;
const SETTLE_SECONDS = 40;

const counts = new Map<string, number>();
const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
const failures: string[] = [];
const startedAt = performance.now();
let bench: ConfigBench | null = null;
let simulatedMs = 0;
let waits = 0;
for (let run = 0; run < runs; run += 1) {
  const unit = UNITS[Math.floor(run / RUNS_PER_GATEWAY) % UNITS.length]!;
  if (run % RUNS_PER_GATEWAY === 0) {
    await bench?.close();
    bench = null;
  }
  if (bench === null) {
    bench = await configBench(unit.options);
    await bench.pass(SETTLE_SECONDS);
  }
  const began = bench.now();
  const seed = firstSeed + run;
  const { problems, end, what, fault, waited } = await oneRun(bench, unit, seed);
  if (waited) waits += 1;
  simulatedMs += bench.now() - began;
  count(`${unit.name}: ${end.state}${end.reasonCode === null ? '' : `: ${end.reasonCode}`}`);
  for (const problem of problems)
    failures.push(
      `run ${run} (seed ${seed}), ${unit.name}: ${what}, ${fault}: ${end.state} ${end.reasonCode}: ${problem}`,
    );
  if (problems.length > 0) {
    // The next runs begin with a gateway that is well.
    await bench.close();
    bench = null;
  }
}
await bench?.close();
const minutes = (performance.now() - startedAt) / 60_000;
const { user, system } = process.cpuUsage();
const cpuMinutes = (user + system) / 60e6;
process.stdout.write(
  `${runs} runs in ${minutes.toFixed(1)} minutes, ${cpuMinutes.toFixed(1)} minutes of CPU; ${(simulatedMs / 3_600_000).toFixed(0)} hours for the gateways; ${waits} waited for a line in use\n`,
);
for (const [name, number] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  process.stdout.write(`  ${number} ${name}\n`);
process.stdout.write(`${failures.length} left behind${failures.length === 0 ? '' : ':'}\n`);
for (const failure of failures) process.stdout.write(`  ${failure}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
