import { unlink } from 'node:fs/promises';
import type { Logger } from 'pino';
import { readFileIfPresent, writeFileAtomic } from '../core/atomic-file.ts';
import type { Clock } from '../core/clock.ts';
import type { StateFolder } from '../core/state-folder.ts';
import { certificateLife, certificateMatchesKey, makeCsrPem, makeKeyPem } from './certificate-key.ts';
import { writeIdentity, type Identity } from './identity.ts';

/** Part of a certificate's life after which a new one is requested. */
const RENEW_AFTER = 2 / 3;
/** How long to wait for an answer before the request is repeated. */
const ASK_AGAIN_MS = 3_600_000;
const LOOK_MS_MAX = 3_600_000;

/** When to request a new certificate: at two thirds of its life, then each hour until it arrives. */
export function renewalDueAt(life: { fromMs: number; untilMs: number }, askedAtMs: number | null): number {
  const due = life.fromMs + (life.untilMs - life.fromMs) * RENEW_AFTER;
  return askedAtMs === null ? due : Math.max(due, askedAtMs + ASK_AGAIN_MS);
}

export interface RenewalOptions {
  folder: StateFolder;
  identity: Identity;
  clock: Clock;
  log: Logger;
  /** Puts the request into the outbox. */
  ask: (csrPem: string) => void;
  /** Called with the new identity once it is on disk. */
  onRenewed: (identity: Identity) => void;
}

/**
 * Renews the agent's certificate in good time. The new key is on disk before it is requested and becomes the current
 * key together with its certificate, in one file, so a crash at any instant leaves a working pair; repeated requests
 * and answers do no harm.
 */
export class Renewal {
  readonly #options: RenewalOptions;
  #identity: Identity;
  #askedAt: number | null = null;
  #cancel: () => void = () => undefined;
  #stopped = false;

  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#identity = options.identity;
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** Takes a certificate from the cloud. One that fits neither the new nor the current key is refused. */
  async accept(certificatePem: string, caPem: string): Promise<'renewed' | 'known' | 'refused'> {
    const { folder, log } = this.#options;
    if (certificateMatchesKey(certificatePem, this.#identity.keyPem)) {
      // The repeated answer to a completed renewal.
      return 'known';
    }
    const nextKeyPem = await readFileIfPresent(folder.nextKey);
    if (nextKeyPem === null || !certificateMatchesKey(certificatePem, nextKeyPem)) {
      log.error('refused a certificate that is not for a key of this agent');
      return 'refused';
    }
    if (certificateLife(certificatePem).untilMs <= this.#options.clock.now()) {
      log.error('refused a certificate that has expired already');
      return 'refused';
    }
    this.#identity = { ...this.#identity, keyPem: nextKeyPem, certificatePem, caPem };
    await writeIdentity(folder.identity, this.#identity);
    await unlink(folder.nextKey).catch(() => undefined);
    this.#askedAt = null;
    log.info({ until: new Date(certificateLife(certificatePem).untilMs).toISOString() }, 'certificate renewed');
    this.#options.onRenewed(this.#identity);
    this.#look();
    return 'renewed';
  }

  #look(): void {
    this.#cancel();
    if (this.#stopped) return;
    const { clock, log } = this.#options;
    const waitMs = renewalDueAt(certificateLife(this.#identity.certificatePem), this.#askedAt) - clock.now();
    if (waitMs <= 0) {
      this.#askedAt = clock.now();
      this.#ask().catch((error: unknown) => log.error({ error }, 'failed to request a new certificate'));
    }
    this.#cancel = clock.schedule(Math.min(Math.max(waitMs, 60_000), LOOK_MS_MAX), () => this.#look());
  }

  async #ask(): Promise<void> {
    const { folder, log } = this.#options;
    let keyPem = await readFileIfPresent(folder.nextKey);
    // A key that is in use already was left behind by a crash right after the last renewal.
    if (keyPem === null || keyPem === this.#identity.keyPem) {
      keyPem = await makeKeyPem();
      await writeFileAtomic(folder.nextKey, keyPem);
    }
    this.#options.ask(await makeCsrPem(keyPem, this.#identity.agentId));
    log.info('requested a new certificate');
  }
}
