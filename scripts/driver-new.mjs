/**
 * Creates a driver for hardware that Loopstart does not know yet, from a recorded walk:
 *   npm run driver:new -- <recording.snmprec> [--write]
 *   npm run driver:new -- --mib FILE [IMPORTED-FILE…]   prints the objects of a MIB as lines for a driver
 *   npm run driver:new -- --matrix      prints the capability matrix for docs/drivers.md
 *   npm run driver:new -- --config-matrix   prints which settings are written for which vendor
 *   npm run driver:new -- --procedure-matrix   prints how gateways are changed on their site
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { handOver } from './bootstrap.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const USAGE =
  'Usage: npm run driver:new -- <recording.snmprec> [--write]\n       npm run driver:new -- --mib FILE [IMPORTED-FILE…]';
const BYTES_MAX = 64 * 1024 * 1024;

/** An error whose message needs no stack. */
class PlainError extends Error {}

async function loadDrivers() {
  const built = join(root, 'packages', 'drivers', 'dist', 'index.js');
  if (!existsSync(built)) throw new PlainError('The drivers are not built yet: run "npm run build" first.');
  return import(pathToFileURL(built).href);
}

function readRecording(path, parse) {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const why =
      error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message;
    throw new PlainError(`Cannot read ${path}: ${why}.`);
  }
  if (bytes.length > BYTES_MAX) throw new PlainError(`${path} is larger than any walk of a gateway (64 MiB).`);
  const varbinds = parse(bytes.toString('utf8'));
  if (varbinds.length === 0) {
    throw new PlainError(
      `${path} holds no line of the form OID|tag|value. Record one with "loopstart-agent record <address>" or snmpsim.`,
    );
  }
  return varbinds;
}

function describe(found, identity, varbinds) {
  const { gateway, ports, capabilities, problems } = identity;
  const known = (name, value) => `  ${name.padEnd(18)}${value ?? 'not reported'}\n`;
  const measured = Object.entries(capabilities).filter(([, state]) => state === 'measured');
  return [
    `${varbinds.length} values. `,
    found.unknownHardware
      ? 'No driver knows this hardware; the generic one reads:\n'
      : `Driver "${found.driver.id}" knows this hardware already; it reads:\n`,
    known('model', gateway.model),
    known('firmware', gateway.firmware),
    known('serial number', gateway.serial === null ? null : 'reported'),
    known('sysObjectID', gateway.sysObjectId),
    known('ports', ports.length === 0 ? 'none' : ports.map(({ position, kind }) => `${position} ${kind}`).join(', ')),
    known('fields read', measured.map(([field]) => field).join(', ') || 'none'),
    ...problems.map(({ oid, why }) => `  not understood: ${oid} (${why})\n`),
  ].join('');
}

async function main(args) {
  if (args[0] === '--mib') {
    const files = args.slice(1).map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file));
    return handOver('driver-from-mib.ts', files);
  }
  const flags = args.filter((arg) => arg.startsWith('--'));
  const files = args.filter((arg) => !arg.startsWith('--'));
  const unknown = flags.find(
    (flag) => !['--write', '--matrix', '--config-matrix', '--procedure-matrix'].includes(flag),
  );
  if (unknown !== undefined) throw new PlainError(`Unknown option ${unknown}.\n${USAGE}`);
  const drivers = await loadDrivers();
  if (flags.includes('--matrix')) {
    process.stdout.write(drivers.capabilityMatrix());
    return;
  }
  if (flags.includes('--config-matrix')) {
    process.stdout.write(drivers.configMatrix());
    return;
  }
  if (flags.includes('--procedure-matrix')) {
    process.stdout.write(drivers.procedureMatrix());
    return;
  }
  if (files.length !== 1) throw new PlainError(USAGE);
  const varbinds = readRecording(files[0], drivers.parseSnmprec);

  const first = { scalars: drivers.IDENTIFY_SCALARS, tables: [], maxRepetitions: 1, columnsPerPdu: 1 };
  const found = drivers.identify(drivers.answersFrom(varbinds, first).scalars);
  const identity = drivers.interpretInventory(
    found.driver,
    drivers.answersFrom(varbinds, drivers.inventoryPlan(found.driver)),
  );
  process.stderr.write(`${basename(files[0])}: ${describe(found, identity, varbinds)}`);

  const source = drivers.scaffoldDriver(varbinds);
  if (!flags.includes('--write')) {
    process.stderr.write('\nA driver to begin with (--write puts it into its folder):\n\n');
    process.stdout.write(source);
    return;
  }
  const name = /\n {2}id: '([a-z0-9-]+)'/.exec(source)[1];
  const folder = join(root, 'packages', 'drivers', 'src', 'vendors', name);
  const target = join(folder, `${name}.driver.ts`);
  if (existsSync(target)) throw new PlainError(`${relative(root, target)} is there already; it was not touched.`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(target, source);
  process.stderr.write(
    `\nWritten to ${relative(root, target)}.\nNext: add it to packages/drivers/src/drivers.ts, then see docs/drivers.md.\n`,
  );
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof PlainError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
