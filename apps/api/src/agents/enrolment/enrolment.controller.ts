import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { networkOf } from '../../core/http/client-address.ts';
import type { Pace } from '../../core/http/pace.ts';
import { PaceRepository } from '../../core/http/pace.repository.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { EnrolmentService } from './enrolment.service.ts';

/** Limits tries of an address: tokens have 256 bits, so this only saves CPU. */
const PACE: Pace = { burst: 60, intervalMs: 1_000 };

@Controller()
export class EnrolmentController {
  constructor(
    private readonly enrolment: EnrolmentService,
    private readonly addresses: ClientAddress,
    private readonly paces: PaceRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.createEnrolmentToken)
  createToken(@Call() { caller, params, requestId }: CallOf<typeof endpoints.createEnrolmentToken>) {
    return this.enrolment.createToken(caller, params.siteId, requestId);
  }

  @Implements(endpoints.enrolAgent)
  async enrol(@Call() { body, request }: CallOf<typeof endpoints.enrolAgent>) {
    const key = `enrol ${networkOf(this.addresses.of(request))}`;
    const waitMs = await this.paces.take([{ key, pace: PACE }], this.now());
    if (waitMs > 0) throw new ProblemError('too-many-requests', { retryAfterS: Math.ceil(waitMs / 1000) });
    return this.enrolment.enrol(body);
  }
}
