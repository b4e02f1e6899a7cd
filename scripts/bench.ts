import { existsSync } from 'node:fs';
import { build } from './build.ts';
import { inRoot, run, runCommand } from './lib/process.ts';

/** Every benchmark, by name: `npm run bench` runs all, `npm run bench -- ingest` one. Each prints its own ratio. */
const BENCHES: Record<string, string> = {
  alert: 'packages/domain/bench/alert.bench.ts',
  'alert-storm': 'packages/domain/bench/alert-storm.bench.ts',
  'long-runs': 'scripts/long-runs.bench.ts',
  rights: 'packages/domain/bench/rights.bench.ts',
  'dial-plans': 'packages/drivers/bench/dial-plans.bench.ts',
  snmp: 'packages/snmp/bench/poll.bench.ts',
  'config-plan': 'apps/api/bench/config-plan.bench.ts',
  'config-render': 'packages/drivers/bench/config-render.bench.ts',
  sim: 'packages/sim/bench/fleet.bench.ts',
  agent: 'apps/agent/bench/agent.bench.ts',
  'commit-confirm': 'apps/agent/bench/commit-confirm.bench.ts',
  'alert-fleet': 'apps/api/bench/alert-fleet.bench.ts',
  ingest: 'apps/api/bench/ingest.bench.ts',
  read: 'apps/api/bench/read.bench.ts',
  audit: 'apps/api/bench/audit.bench.ts',
  database: 'apps/api/bench/database.bench.ts',
  webhooks: 'apps/api/bench/webhooks.bench.ts',
  'webhook-faults': 'apps/api/bench/webhook-faults.bench.ts',
  live: 'e2e/live.bench.ts',
  alerts: 'e2e/alerts.bench.ts',
  soak: 'e2e/soak.bench.ts',
  storm: 'e2e/storm.bench.ts',
  'site-cut': 'e2e/site-cut.bench.ts',
};

const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined || name.startsWith('-') ? Object.keys(BENCHES) : [name];
await runCommand(async () => {
  await build();
  for (const key of chosen) {
    const file = BENCHES[key];
    if (file === undefined)
      throw new Error(`There is no benchmark "${key}": choose ${Object.keys(BENCHES).join(', ')}.`);
    if (!existsSync(inRoot(file))) throw new Error(`${file} is missing.`);
    process.stdout.write(`\n══ ${key}\n`);
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', inRoot(file), ...args]);
  }
});
