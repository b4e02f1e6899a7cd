import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { Problem, ReturnChallenge, ReturnResponse, returnProofText } from '@loopstart/contracts';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { fullJitter } from '../uplink/backoff.ts';
import { certificateLife, certificateMatchesKey, makeCsrPem } from './certificate-key.ts';
import { writeIdentity, type Identity } from './identity.ts';
import type { HttpAnswer } from './pinned-request.ts';

/** Tries are this far apart: the first is for a machine that was off, later ones wait for a person. */
const WAITS = { minMs: 30_000, maxMs: 1_800_000 };

export interface ComeBackOptions {
  /** Path of the file with the identity. */
  path: string;
  identity: () => Identity;
  clock: Clock;
  random: () => number;
  log: Logger;
  hostname: string;
  version: string;
  /** Sends a request to the API, whose certificate is checked; injected, so that it can be tested without a network. */
  post: (url: URL, body: unknown) => Promise<HttpAnswer>;
  /** Called with the new identity once it is on disk. */
  onReturned: (identity: Identity) => void;
}

/**
 * Gets a certificate for the agent's key where the broker does not take the present one: it has expired while the machine
 * was off, or another is in use. The key proves itself to the API, which renews at once or has a person decide.
 */
export class ComeBack {
  readonly #options: ComeBackOptions;
  #tries = 0;
  #notBeforeMs = 0;
  #busy = false;
  #state: string | null = null;

  constructor(options: ComeBackOptions) {
    this.#options = options;
  }

  /** The last answer, in words; null: the agent does not ask to come back. */
  get state(): string | null {
    return this.#state;
  }

  /** The agent is connected: nothing is asked any more. */
  connected(): void {
    this.#tries = 0;
    this.#notBeforeMs = 0;
    this.#state = null;
  }

  /** A connection failed. `refused`: because of the certificate. Asks, if it is time to. */
  async failed(refused: boolean): Promise<void> {
    const { clock, identity, random, log } = this.#options;
    const hasExpired = certificateLife(identity().certificatePem).untilMs <= clock.now();
    if (this.#busy || !(refused || hasExpired) || clock.monotonicMs() < this.#notBeforeMs) return;
    this.#busy = true;
    try {
      this.#state = await this.#ask();
      log.warn({ state: this.#state }, 'asked the cloud to come back');
    } catch (error) {
      this.#state = error instanceof Error ? error.message : String(error);
      log.warn({ error: this.#state }, 'failed to come back');
    } finally {
      this.#busy = false;
      this.#tries += 1;
      this.#notBeforeMs = clock.monotonicMs() + fullJitter(this.#tries, WAITS, random());
    }
  }

  async #ask(): Promise<string | null> {
    const { identity, hostname, version } = this.#options;
    const { keyPem, certificatePem, agentId } = identity();
    const { challenge } = ReturnChallenge.parse(await this.#post('/challenge', {}));
    const csrPem = await makeCsrPem(keyPem, agentId);
    const text = Buffer.from(returnProofText(challenge, csrPem));
    const signature = sign('sha256', text, createPrivateKey(keyPem)).toString('base64');
    const answer = ReturnResponse.parse(
      await this.#post('', { challenge, certificatePem, csrPem, signature, hostname, version }),
    );
    if (answer.state === 'renewed') return this.#accept(answer);
    return `waits for a person to approve its return in the console (${answer.reason}, key ${answer.keySha256.slice(0, 16)})`;
  }

  async #accept(answer: Extract<ReturnResponse, { state: 'renewed' }>): Promise<null> {
    const { identity, path, log, onReturned } = this.#options;
    const before = identity();
    const { certificatePem, caPem, mqttUrl } = answer;
    if (!certificateMatchesKey(certificatePem, before.keyPem))
      throw new Error('the certificate that came back is not for the key of this agent');
    if (!isSignedBy(certificatePem, caPem))
      throw new Error('the certificate that came back is not by the CA beside it');
    // Over plain http anybody in between could hand out a CA.
    if (caPem !== before.caPem && !before.apiUrl.startsWith('https:'))
      throw new Error('another CA came back over plain http');
    const next = { ...before, certificatePem, caPem, mqttUrl };
    await writeIdentity(path, next);
    log.info({ until: new Date(certificateLife(certificatePem).untilMs).toISOString() }, 'came back with its old key');
    onReturned(next);
    return null;
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const { identity, post } = this.#options;
    const { status, body: text } = await post(new URL(`${identity().apiUrl}/api/v1/agent-returns${path}`), body);
    const json = parseJson(text);
    if (status >= 200 && status < 300) return json;
    const problem = Problem.safeParse(json);
    if (!problem.success) throw new Error(`the API answered ${status}`);
    const { title, detail, code } = problem.data;
    throw new Error(`${title}${detail === undefined ? '' : ` ${detail}`} (${code})`);
  }
}

function isSignedBy(certificatePem: string, caPem: string): boolean {
  try {
    return new X509Certificate(certificatePem).verify(new X509Certificate(caPem).publicKey);
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
