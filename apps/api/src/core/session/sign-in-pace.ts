import { Injectable } from '@nestjs/common';
import { networkOf } from '../http/client-address.ts';
import type { Pace, Try } from '../http/pace.ts';
import { PaceRepository } from '../http/pace.repository.ts';

const MINUTE_MS = 60_000;
/** One account from one address, or from a browser it has signed in with before. */
const PAIR: Pace = { burst: 10, intervalMs: MINUTE_MS };
/** One address, for any accounts: an office shares one. */
const ADDRESS: Pace = { burst: 30, intervalMs: MINUTE_MS / 3 };
/** One account from all addresses that are not known for it. */
const ACCOUNT: Pace = { burst: 50, intervalMs: MINUTE_MS / 2 };
/** Where an account is tried faster than that, each try of an address has this weight: it has two, not ten. */
const ATTACKED_WEIGHT = 5;

/** Whether a try may continue: after a wait, or now; `succeeded` returns the cost of a right password. */
export type Admission = { waitMs: number } | { waitMs: 0; succeeded(): Promise<void> };

/**
 * Rate limits of passwords: by account and address together, by address, and by account. None of them locks the owner
 * out: an account under attack leaves each new address two tries, and a known browser its own limit.
 */
@Injectable()
export class SignInPace {
  constructor(private readonly paces: PaceRepository) {}

  async begin(
    { account, address, device }: { account: string; address: string; device: string | null },
    now: number,
  ): Promise<Admission> {
    if (device !== null) {
      const own: Try = { key: `device ${device} ${account}`, pace: PAIR };
      const waitMs = await this.paces.take([own], now);
      return waitMs > 0 ? { waitMs } : { waitMs: 0, succeeded: () => this.paces.forget(own.key) };
    }
    const network = networkOf(address);
    const pair: Try = { key: `pair ${network} ${account}`, pace: PAIR };
    const from: Try = { key: `address ${network}`, pace: ADDRESS };
    const waitMs = await this.paces.take([pair, from], now);
    if (waitMs > 0) return { waitMs };
    const all: Try = { key: `account ${account}`, pace: ACCOUNT };
    const attacked = (await this.paces.take([all], now)) > 0;
    if (attacked) {
      const more = await this.paces.take([{ ...pair, weight: ATTACKED_WEIGHT - 1 }], now);
      if (more > 0) return { waitMs: more };
    }
    return {
      waitMs: 0,
      succeeded: async () => {
        await this.paces.giveBack(attacked ? [from] : [from, all]);
        await this.paces.forget(pair.key);
      },
    };
  }
}
