import type { Logger } from 'pino';
import { z } from 'zod';
import { FileContentError, readJsonFile, writeJsonFile } from '../core/json-file.ts';

const Keys = z.record(z.string().max(100), z.string().max(200));
/** Gateways whose keys are remembered; a site has hundreds. */
const KEPT_MAX = 20_000;

/** SSH host keys and TLS certificates that were seen first, by gateway: another one later is refused. */
export class KnownKeys {
  readonly #path: string;
  readonly #log: Logger;
  readonly #keys: Map<string, string>;
  /** Where the file is damaged, nothing may be pinned anew: whoever damaged it could have done it for that. */
  readonly #readable: boolean;
  #saving: Promise<void> = Promise.resolve();

  private constructor(path: string, log: Logger, keys: Record<string, string> | null) {
    this.#path = path;
    this.#log = log;
    this.#readable = keys !== null;
    this.#keys = new Map(Object.entries(keys ?? {}));
  }

  static async open(path: string, log: Logger): Promise<KnownKeys> {
    try {
      return new KnownKeys(path, log, (await readJsonFile(path, Keys)) ?? {});
    } catch (error) {
      if (!(error instanceof FileContentError)) throw error;
      log.error(
        { reason: error.message },
        'failed to read the known keys of gateways: no login is sent until it is removed',
      );
      return new KnownKeys(path, log, null);
    }
  }

  /** Whether this is the key of the gateway; the first one of a kind is pinned. */
  accepts(gatewayId: string, kind: 'ssh' | 'tls', key: string): boolean {
    if (!this.#readable) return false;
    const name = `${kind}:${gatewayId}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known === key;
    if (this.#keys.size >= KEPT_MAX) return false;
    this.#keys.set(name, key);
    const all = Object.fromEntries(this.#keys);
    this.#saving = this.#saving
      .then(() => writeJsonFile(this.#path, all))
      .catch((error: unknown) => this.#log.error({ error }, 'failed to store the key of a gateway'));
    return true;
  }

  /** Resolves when what was pinned is on disk. */
  saved(): Promise<void> {
    return this.#saving;
  }
}
