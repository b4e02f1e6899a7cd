import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot, run } from './lib/process.ts';

const USAGE = `npm run demo:fault -- <gateway> <port|-> <fault|restore>

Breaks or mends something in the running demo, for example:

  npm run demo:fault -- "Willow House gateway" 3 unplug
  npm run demo:fault -- "Willow House gateway" 3 restore

"-" instead of a port means the gateway itself. A whole site is cut off from the world, and connected again, with

  npm run demo:fault -- "Beech Court, Leeds" - cut
  npm run demo:fault -- "Beech Court, Leeds" - restore`;

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
} else if (!(await orderedOfSite())) {
  const url = readFileSync(controlFile, 'utf8').trim();
  await run(process.execPath, [inRoot('packages/sim/dist/cli.js'), 'fault', url, ...positionals]).catch(() => {
    process.exitCode = 1;
  });
}

/** Cuts or restores a site where the command names one; false: it is about a gateway. */
async function orderedOfSite(): Promise<boolean> {
  const [name = '', port, order = ''] = positionals;
  if (port !== '-' || (order !== 'cut' && order !== 'restore')) return false;
  const links = readFileSync(`${values['data-dir']}/demo/links-url`, 'utf8').trim();
  const response = await fetch(`${links}/${encodeURIComponent(name)}/${order}`, { method: 'POST' });
  // The command may be meant for a gateway of that name.
  if (response.status === 404 && order === 'restore') return false;
  process.stdout.write(await response.text());
  if (!response.ok) process.exitCode = 1;
  return true;
}
