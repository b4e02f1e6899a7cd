import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from './options.ts';
import { startPostgres } from './postgres.ts';

/** Runs `work` on the database of an installation: that of DATABASE_URL, the running one, or one started meanwhile. */
export async function useDatabase(options: Options, work: (url: string) => Promise<void>): Promise<void> {
  if (options.databaseUrl !== undefined) return work(options.databaseUrl);
  const running = runningUrl(options.dataDir);
  if (running !== null) return work(running);
  const logDir = join(options.dataDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const { service, url } = await startPostgres(options, logDir, (sentence) => process.stderr.write(`${sentence}\n`));
  try {
    await work(url);
  } finally {
    await service.stop();
  }
}

/** Where the database of a data folder answers now; null where it does not run. */
function runningUrl(dataDir: string): string | null {
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  // PostgreSQL writes: process id, data folder, start time, port.
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  return `postgresql://loopstart:${password}@127.0.0.1:${port}/loopstart`;
}
