/**
 * The first step of every command, in plain JavaScript that Node 20 runs: install the dependencies when the lock file
 * changed, then start the Node that the project pins (see docs/decisions/0001-node-24-from-npm.md).
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.loopstart-installed');

/** Runs a command to its end with inherited output. Rejects with one sentence where it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('exit', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}`)),
    );
  });
}

/** Installs the packages of the lock file, unless exactly these are installed already. */
export async function ensureDependencies() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Loopstart needs Node 20 or newer to start; this is ${process.versions.node}.`);
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stdout.write('Installing dependencies (about a minute the first time) …\n');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** The pinned Node, or this one where it is as new. Throws where neither exists. */
export function pinnedNode() {
  for (const arch of ['x64', 'arm64']) {
    const path = join(root, 'node_modules', `node-linux-${arch}`, 'bin', 'node');
    if (existsSync(path)) return path;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(`There is no pinned Node for ${process.platform}-${process.arch}; use Node 24 or newer.`);
}

/** Installs, then runs a TypeScript file of this folder under the pinned Node and ends as it ends. */
export async function handOver(script, args) {
  try {
    await ensureDependencies();
    const node = pinnedNode();
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, 'scripts', script), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      // A terminal sends Ctrl-C to the whole group, so the child has it already; other senders reach only this process.
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
    });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
