import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { PkiService } from './pki.service.ts';
import { readRevocationList, renewalReason } from './revocation-list.ts';

export interface RenewalOptions {
  /** Path of the broker's `crl.pem`. */
  folder: string;
  /** File with the process id of the broker, which reads its list again on SIGHUP; null: another program signals it. */
  pidFile: string | null;
  now?: () => number;
  signal?: (pid: number) => void;
}

/**
 * Updates an external broker's list of revoked certificates, and signals the broker. Writes only where something was
 * revoked or the list is a day old, so it may run every few minutes. Returns its result, in one line.
 */
export async function renewRevocationList(config: Config, options: RenewalOptions): Promise<string> {
  const now = options.now ?? Date.now;
  const path = join(options.folder, 'crl.pem');
  const db = new Database(config);
  const secrets = await Secrets.of(config, now);
  try {
    const pki = new PkiService(db, secrets, config, now);
    await pki.onModuleInit();
    const refused = await pki.refused();
    const reason = renewalReason(readRevocationList(textOf(path) ?? ''), refused, now());
    const count = refused.filter(({ must }) => must).length;
    if (reason === null) return `${path} is up to date (${count} revoked)`;
    // The broker may read at any instant: it finds the old list or the new one, whole.
    const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
    writeFileSync(temporary, await pki.revocationList(), { mode: 0o644, flag: 'wx' });
    renameSync(temporary, path);
    const signalled = options.pidFile === null ? 'nobody was signalled' : notify(options.pidFile, options.signal);
    return `${path} was written (${count} revoked, it was ${reason}); ${signalled}`;
  } finally {
    await secrets.onApplicationShutdown();
    await db.onApplicationShutdown();
  }
}

function notify(pidFile: string, signal: RenewalOptions['signal']): string {
  const text = textOf(pidFile);
  if (text === null) return `no broker runs (${pidFile} is not there); it reads the list when it starts`;
  const pid = Number(text.trim());
  if (!Number.isInteger(pid) || pid <= 1) throw new Error(`${pidFile} holds no process id`);
  if (signal === undefined) process.kill(pid, 'SIGHUP');
  else signal(pid);
  return `process ${pid} was signalled to read it`;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
