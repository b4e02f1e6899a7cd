import { unlink } from 'node:fs/promises';
import { renewalDueAt, type RenewalFacts } from '@loopstart/domain';
import type { Logger } from 'pino';
import { readFileIfPresent, writeFileAtomic } from '../core/atomic-file.ts';
import type { Clock } from '../core/clock.ts';
import type { StateFolder } from '../core/state-folder.ts';
import { certificateLife, certificateMatchesKey, makeCsrPem, makeKeyPem } from './certificate-key.ts';
import { writeIdentity, type Identity } from './identity.ts';

/** How often it is checked whether a renewal is due: the cloud's time, and its wishes, may change meanwhile. */
const LOOK_MS_MIN = 60_000;
const LOOK_MS_MAX = 600_000;

export interface RenewalOptions {
  folder: StateFolder;
  identity: Identity;
  /** With the cloud's time where it is known: the certificate was issued by that. */
  clock: Clock;
  log: Logger;
  /** Whether the agent is connected: a request that waits on disk would only be made again and again. */
  isConnected: () => boolean;
  /** Certificates that begin before this are renewed now; null: as planned. */
  staleBeforeMs: () => number | null;
  /** Puts the request into the outbox. */
  ask: (csrPem: string) => void;
  /** Called with the new identity once it is on disk. */
  onRenewed: (identity: Identity) => void;
}

/**
 * Renews the agent's certificate in good time, over the connection that it secures. The new key is on disk before it is requested and becomes the current
 * key together with its certificate, in one file, so a crash at any instant leaves a working pair; repeated requests
 * and answers do no harm.
 */
export class Renewal {
  readonly #options: RenewalOptions;
  readonly #startedAtMs: number;
  #identity: Identity;
  #tries: RenewalFacts['tries'] = { count: 0, lastAtMs: null };
  #cancel: () => void = () => undefined;
  #stopped = false;

  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#identity = options.identity;
    this.#startedAtMs = options.clock.now();
  }

  /** Begins to check; called again, it checks at once. */
  start(): void {
    this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** The agent has another identity: it came back. */
  replace(identity: Identity): void {
    this.#identity = identity;
    this.#tries = { count: 0, lastAtMs: null };
    this.#look();
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
    this.#tries = { count: 0, lastAtMs: null };
    log.info({ until: new Date(certificateLife(certificatePem).untilMs).toISOString() }, 'certificate renewed');
    this.#options.onRenewed(this.#identity);
    this.#look();
    return 'renewed';
  }

  #look(): void {
    this.#cancel();
    if (this.#stopped) return;
    const { clock, log, isConnected, staleBeforeMs } = this.#options;
    const nowMs = clock.now();
    const dueAtMs = renewalDueAt({
      agentId: this.#identity.agentId,
      life: certificateLife(this.#identity.certificatePem),
      tries: this.#tries,
      startedAtMs: this.#startedAtMs,
      staleBeforeMs: staleBeforeMs(),
    });
    if (dueAtMs <= nowMs && isConnected()) {
      this.#tries = { count: this.#tries.count + 1, lastAtMs: nowMs };
      this.#ask().catch((error: unknown) => log.error({ error }, 'failed to request a new certificate'));
    }
    this.#cancel = clock.schedule(Math.min(Math.max(dueAtMs - nowMs, LOOK_MS_MIN), LOOK_MS_MAX), () => this.#look());
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
