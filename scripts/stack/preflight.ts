import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Options } from './options.ts';

/** Room the embedded database needs to start and keep a few days of a demo fleet. */
const DISK_FREE_BYTES_MIN = 1_000_000_000;

/** Checks what a start needs before anything is started. Throws an Error of one clear sentence. */
export async function preflight(options: Options): Promise<void> {
  try {
    makeFolder(options.dataDir);
    accessSync(options.dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The data folder ${options.dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}): allow it, or choose another with --data-dir.`,
      { cause: error },
    );
  }
  const disk = statfsSync(options.dataDir);
  const free = disk.bavail * disk.bsize;
  if (free < DISK_FREE_BYTES_MIN) {
    throw new Error(
      `Only ${Math.round(free / 1e6)} MB are free where ${options.dataDir} lies; Loopstart needs at least ${DISK_FREE_BYTES_MIN / 1e6} MB.`,
    );
  }
  claim(options.dataDir);
  await portIsFree('the console', '--port', options.webPort, options.host);
  await portIsFree('the API', '--api-port', options.apiPort, options.host);
  if (options.mqttUrl === undefined) await portIsFree('the MQTT broker', '--mqtt-port', options.mqttPort, options.host);
  if (options.databaseUrl === undefined) {
    await portIsFree('PostgreSQL', '--postgres-port', options.postgresPort, '127.0.0.1');
    if (process.getuid?.() === 0) reachableByOthers(options.dataDir);
  }
}

/**
 * Makes a folder and what is missing above it, one by one. Node's own recursive way asks for ever where a file system
 * says ENOENT although the parent is there, as /proc does.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** PostgreSQL refuses to run as root, so it runs as `postgres`, who must be able to get at its files. */
function reachableByOthers(folder: string): void {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    try {
      if ((statSync(path).mode & 0o001) !== 0) continue;
    } catch {
      continue;
    }
    throw new Error(
      `PostgreSQL does not run as root, and the user it runs as cannot enter ${path}: start Loopstart as an ordinary user, move it to a folder others may enter (such as /opt), or set DATABASE_URL.`,
    );
  }
}

const pidFile = (dataDir: string) => join(dataDir, 'loopstart.pid');

/** One start at a time per data folder. */
function claim(dataDir: string): void {
  const file = pidFile(dataDir);
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0 && alive(pid)) throw new Error(`Loopstart is running on ${dataDir} already (process ${pid}).`);
  }
  writeFileSync(file, String(process.pid));
}

/** Lets the next start have the data folder. */
export function release(dataDir: string): void {
  rmSync(pidFile(dataDir), { force: true });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function portIsFree(what: string, flag: string, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'is in use by another program'
          : error.code === 'EACCES'
            ? 'may not be opened by this user'
            : `cannot be opened (${error.code})`;
      reject(new Error(`Port ${port} for ${what} ${why}: choose another with ${flag}.`));
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}
