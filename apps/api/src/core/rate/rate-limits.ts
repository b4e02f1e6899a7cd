import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock.ts';
import { CONFIG, type Config } from '../config.ts';
import { networkOf } from '../http/client-address.ts';
import type { Pace } from '../http/pace.ts';
import { roomMs } from '../http/pace.ts';
import { PaceRepository } from '../http/pace.repository.ts';
import { StrangerPace } from './stranger-pace.ts';

const MINUTE_MS = 60_000;
/** A process takes this part of a limit from the database at once, and spends it without asking again. */
const LEASE_PART = 30;
/** Callers whose leases a process keeps. Who is forgotten leases anew; at most a lease of requests is lost. */
const CALLERS_MAX = 20_000;

export type LimitName = 'token' | 'session' | 'address';

/** Where a caller stands at a limit after this request. */
export interface Standing {
  name: LimitName;
  /** Requests at once, which the window refills evenly. */
  quota: number;
  windowS: number;
  /** At least as many more are permitted now. */
  left: number;
  /** When the whole quota is there again. */
  fullInS: number;
  /** How long to wait; 0: the request is permitted. */
  waitMs: number;
}

interface Account {
  /** Requests that are taken from the limit already and not spent. */
  leased: number;
  /** When the limit of all processes is whole again, as of the last lease. */
  clearAt: number;
  leasing: Promise<number> | null;
}

/**
 * How many requests a token, a session and an address may send. Tokens and sessions have one limit over all API processes:
 * each process takes small parts of it from the database and spends them in memory. Addresses of callers who have shown
 * nothing are limited by each process, in memory of a fixed size.
 */
@Injectable()
export class RateLimits {
  readonly #paces: Record<LimitName, Pace>;
  readonly #accounts = new Map<string, Account>();
  readonly #strangers: StrangerPace;

  constructor(
    private readonly shared: PaceRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.#paces = {
      token: perMinute(config.RATE_LIMIT_TOKEN_PER_MINUTE),
      session: perMinute(config.RATE_LIMIT_SESSION_PER_MINUTE),
      address: perMinute(config.RATE_LIMIT_ADDRESS_PER_MINUTE),
    };
    this.#strangers = new StrangerPace(this.#paces.address);
  }

  /** Counts a request of a token or session. */
  async ofCaller(name: 'token' | 'session', id: string): Promise<Standing> {
    const account = this.#account(`${name} ${id}`);
    let waitMs = 0;
    while (account.leased < 1 && waitMs === 0) {
      account.leasing ??= this.#lease(name, id, account).finally(() => (account.leasing = null));
      waitMs = await account.leasing;
    }
    if (account.leased >= 1) {
      account.leased -= 1;
      waitMs = 0;
    }
    return this.#standing(name, account.clearAt, account.leased, waitMs);
  }

  /** Counts a request of an address that has shown nothing. */
  ofAddress(address: string): Standing {
    const [key, now] = [networkOf(address), this.now()];
    const waitMs = this.#strangers.take(key, now);
    return this.#strangersStanding(key, now, waitMs);
  }

  /** Where an address stands, without counting. */
  standingOf(address: string): Standing {
    const [key, now] = [networkOf(address), this.now()];
    return this.#strangersStanding(key, now, this.#strangers.wait(key, now));
  }

  #strangersStanding(key: string, now: number, waitMs: number): Standing {
    const pace = this.#paces.address;
    const left = this.#strangers.left(key, now);
    return this.#standing('address', now + (pace.burst - left) * pace.intervalMs, 0, waitMs);
  }

  /** Takes a part of the limit, else a single request where no part is left. Returns how long to wait, else 0. */
  async #lease(name: LimitName, id: string, account: Account): Promise<number> {
    const pace = this.#paces[name];
    const key = `rate ${name} ${id}`;
    for (const weight of new Set([Math.max(1, Math.floor(pace.burst / LEASE_PART)), 1])) {
      const { waitMs, clearAt } = await this.shared.spend({ key, pace, weight }, this.now());
      account.clearAt = clearAt;
      if (waitMs === 0) {
        account.leased += weight;
        return 0;
      }
      if (weight === 1) return waitMs;
    }
    return 1;
  }

  #standing(name: LimitName, clearAt: number, leased: number, waitMs: number): Standing {
    const pace = this.#paces[name];
    const used = Math.max(0, clearAt - this.now());
    const left = leased + Math.max(0, Math.floor((roomMs({ key: name, pace }) - used) / pace.intervalMs));
    return {
      name,
      quota: pace.burst,
      windowS: MINUTE_MS / 1000,
      left: waitMs > 0 ? 0 : left,
      fullInS: Math.ceil(used / 1000),
      waitMs,
    };
  }

  #account(key: string): Account {
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    // Maps keep the order of insertion: the oldest goes.
    const oldest = this.#accounts.size >= CALLERS_MAX ? this.#accounts.keys().next().value : undefined;
    if (oldest !== undefined) this.#accounts.delete(oldest);
    const account: Account = { leased: 0, clearAt: 0, leasing: null };
    this.#accounts.set(key, account);
    return account;
  }
}

/** A bucket of this many requests, which a minute refills. */
const perMinute = (requests: number): Pace => ({ burst: requests, intervalMs: MINUTE_MS / requests });
