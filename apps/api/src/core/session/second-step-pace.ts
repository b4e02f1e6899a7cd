import { Injectable } from '@nestjs/common';
import { networkOf } from '../http/client-address.ts';
import type { Pace, Try } from '../http/pace.ts';
import { PaceRepository } from '../http/pace.repository.ts';

const MINUTE_MS = 60_000;
/** Codes of six digits, of one account: 1,440 guesses a day among 333,333. */
const CODES: Pace = { burst: 10, intervalMs: MINUTE_MS };
/** Recovery codes from one address: guessing 120 bits is hopeless, this bounds the cost. */
const RECOVERY: Pace = { burst: 20, intervalMs: MINUTE_MS / 6 };

/**
 * Rate limits of the second step. An attacker who knows the password can use up the account's limit of codes; then its owner
 * still has that of a browser known for the account, and recovery codes, which no account limits.
 */
@Injectable()
export class SecondStepPace {
  constructor(private readonly paces: PaceRepository) {}

  /** How long to wait, or how a right code gives its cost back. */
  async begin(
    { accountId, device, address, step }: { accountId: string; device: string | null; address: string; step: string },
    now: number,
  ): Promise<{ waitMs: number; succeeded: () => Promise<void> }> {
    const one: Try =
      step === 'totp'
        ? { key: `code ${device === null ? accountId : `${device} ${accountId}`}`, pace: CODES }
        : { key: `recovery ${networkOf(address)}`, pace: RECOVERY };
    return { waitMs: await this.paces.take([one], now), succeeded: () => this.paces.forget(one.key) };
  }
}
