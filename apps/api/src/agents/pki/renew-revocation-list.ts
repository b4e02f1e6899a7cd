import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { PkiService } from './pki.service.ts';
import { plainSerial, readRevocationList, renewalReason } from './revocation-list.ts';

export interface RenewalOptions {
  /** Path of the broker's `crl.pem`. */
  folder: string;
  /** File with the process id of the broker, which reads its list again on SIGHUP; null: another program signals it. */
  pidFile: string | null;
  now?: () => number;
  signal?: (pid: number) => void;
}

/** What a look at the list did. */
export interface Renewed {
  /** In one line. */
  text: string;
  written: boolean;
  /** Agents that are in the list now and were not before. */
  shutOut: string[];
}

/** Updates an external broker's list of revoked certificates, and signals the broker. */
export class RevocationListFile {
  readonly #options: RenewalOptions;
  readonly #pki: PkiService;
  readonly #close: () => Promise<void>;

  private constructor(options: RenewalOptions, pki: PkiService, close: () => Promise<void>) {
    this.#options = options;
    this.#pki = pki;
    this.#close = close;
  }

  static async open(config: Config, options: RenewalOptions): Promise<RevocationListFile> {
    const now = options.now ?? Date.now;
    const db = new Database(config);
    const secrets = await Secrets.of(config, now);
    const pki = new PkiService(db, secrets, config, now);
    await pki.onModuleInit();
    return new RevocationListFile(options, pki, async () => {
      pki.onApplicationShutdown();
      await secrets.onApplicationShutdown();
      await db.onApplicationShutdown();
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Key and certificate with which the API signs in at the broker, and the CA. */
  async apiAccess(): Promise<{ keyPem: string; certificatePem: string; caPem: string }> {
    return { ...(await this.#pki.apiIdentity()), caPem: this.#pki.caPem };
  }

  /** Writes only where something was revoked or the list is a day old, so it may run every few seconds. */
  async renew(): Promise<Renewed> {
    const { folder, pidFile, signal } = this.#options;
    const path = join(folder, 'crl.pem');
    const before = readRevocationList(textOf(path) ?? '');
    const refused = await this.#pki.refused();
    const authorities = this.#pki.trustedCount;
    const reason = renewalReason(before, { refused, authorities }, (this.#options.now ?? Date.now)());
    const ca = renewAuthorities(join(folder, 'ca.pem'), this.#pki.caPem);
    const must = refused.filter((one) => one.must);
    if (reason === null)
      return { text: `${path} is up to date (${must.length} revoked)${ca}`, written: false, shutOut: [] };
    replaceFile(path, await this.#pki.revocationList());
    const signalled = pidFile === null ? 'nobody was signalled' : notify(pidFile, signal);
    const added = must.filter(({ serial }) => before?.serials.has(plainSerial(serial)) !== true);
    return {
      text: `${path} was written (${must.length} revoked, it was ${reason}); ${signalled}${ca}`,
      written: true,
      shutOut: await this.#agentsOf(added.map(({ serial }) => serial)),
    };
  }

  async #agentsOf(serials: readonly string[]): Promise<string[]> {
    const known = await Promise.all(serials.map((serial) => this.#pki.knownCertificate(serial)));
    return [...new Set(known.flatMap((one) => one?.agentId ?? []))];
  }
}

/** Writes the trusted authorities where they have changed since the credentials were exported; what to do then. */
function renewAuthorities(path: string, wanted: string): string {
  const present = textOf(path);
  if (present === null || present === wanted) return '';
  replaceFile(path, wanted);
  return `; ${path} has other authorities now: restart the broker`;
}

/** The broker may read at any instant: it finds the old file or the new one, whole. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  writeFileSync(temporary, text, { mode: 0o644, flag: 'wx' });
  renameSync(temporary, path);
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
