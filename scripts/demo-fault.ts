import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot, run } from './lib/process.ts';

const USAGE = `npm run demo:fault -- <gateway> <port|-> <fault|restore>

Breaks or mends something in the running demo, for example:

  npm run demo:fault -- "Willow House gateway" 3 unplug
  npm run demo:fault -- "Willow House gateway" 3 restore

"-" instead of a port means the gateway itself.`;

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    'data-dir': { type: 'string', default: inRoot('.data') },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const controlFile = `${values['data-dir']}/demo/control-url`;

if (values.help || positionals.length !== 3) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 2;
} else if (!existsSync(controlFile)) {
  process.stderr.write('There is no demo running here: start it with npm start.\n');
  process.exitCode = 1;
} else {
  const url = readFileSync(controlFile, 'utf8').trim();
  await run(process.execPath, [inRoot('packages/sim/dist/cli.js'), 'fault', url, ...positionals]).catch(() => {
    process.exitCode = 1;
  });
}
