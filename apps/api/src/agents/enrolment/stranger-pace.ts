import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { networkOf } from '../../core/http/client-address.ts';
import type { Pace } from '../../core/http/pace.ts';
import { PaceRepository } from '../../core/http/pace.repository.ts';
import { ProblemError } from '../../core/http/problem-error.ts';

/** Limits tries of an address: tokens have 256 bits and keys are proven, so this only saves CPU. */
const PACE: Pace = { burst: 60, intervalMs: 1_000 };

/** The pace of callers that are not known yet: agents that enrol or come back. */
@Injectable()
export class StrangerPace {
  constructor(
    private readonly addresses: ClientAddress,
    private readonly paces: PaceRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Counts a try of the caller's network, and returns its address. Throws `too-many-requests`. */
  async take(request: IncomingMessage): Promise<string> {
    const address = this.addresses.of(request);
    const waitMs = await this.paces.take([{ key: `enrol ${networkOf(address)}`, pace: PACE }], this.now());
    if (waitMs > 0) throw new ProblemError('too-many-requests', { retryAfterS: Math.ceil(waitMs / 1000) });
    return address;
  }
}
