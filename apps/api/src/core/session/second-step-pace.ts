import { Injectable } from '@nestjs/common';
import { networkOf } from '../http/client-address.ts';
import type { Pace, Try } from '../http/pace.ts';
import { PaceRepository } from '../http/pace.repository.ts';

const MINUTE_MS = 60_000;
/** Codes of six digits, of one account: 1,440 guesses a day among 333,333. */
const CODES: Pace = { burst: 10, intervalMs: MINUTE_MS };
/** Recovery codes from one address: guessing 120 bits is hopeless, this bounds the cost. */
const RECOVERY: Pace = { burst: 20, intervalMs: MINUTE_MS / 6 };

/** Passkeys from one address: guessing a signature is hopeless, too. */
const PASSKEYS: Pace = { burst: 30, intervalMs: MINUTE_MS / 30 };

/** How long to wait, or how a right answer gives its cost back. */
export interface PacedTry {
  waitMs: number;
  succeeded: () => Promise<void>;
}

/**
 * Rate limits of the second step. An attacker who knows the password can use up the account's limit of codes; then its owner
 * still has that of a browser known for the account, and recovery codes and passkeys, which no account limits.
 */
@Injectable()
export class SecondStepPace {
  constructor(private readonly paces: PaceRepository) {}

  async begin(
    { accountId, device, address, step }: { accountId: string; device: string | null; address: string; step: string },
    now: number,
  ): Promise<PacedTry> {
    const one: Try =
      step === 'totp'
        ? { key: `code ${device === null ? accountId : `${device} ${accountId}`}`, pace: CODES }
        : { key: `recovery ${networkOf(address)}`, pace: RECOVERY };
    return this.#begin(one, now);
  }

  /** The same of passkeys: asking for one, and showing one. */
  beginPasskey(act: 'ask' | 'show', address: string, now: number): Promise<PacedTry> {
    return this.#begin({ key: `passkey ${act} ${networkOf(address)}`, pace: PASSKEYS }, now);
  }

  async #begin(one: Try, now: number): Promise<PacedTry> {
    return { waitMs: await this.paces.take([one], now), succeeded: () => this.paces.forget(one.key) };
  }
}
