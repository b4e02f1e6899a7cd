import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { TryLimit } from '../../core/http/try-limit.ts';
import { EnrolmentService } from './enrolment.service.ts';

/** Tries an address may make in a minute: tokens have 256 bits, this only spares the CPU. */
const TRIES_PER_MINUTE = 60;

@Controller()
export class EnrolmentController {
  readonly #tries = new TryLimit(TRIES_PER_MINUTE, 60_000);

  constructor(
    private readonly enrolment: EnrolmentService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.createEnrolmentToken)
  createToken(@Call() { caller, params, requestId }: CallOf<typeof endpoints.createEnrolmentToken>) {
    return this.enrolment.createToken(caller, params.siteId, requestId);
  }

  @Implements(endpoints.enrolAgent)
  enrol(@Call() { body, request, response }: CallOf<typeof endpoints.enrolAgent>) {
    const waitMs = this.#tries.take(String(request.ip), this.now());
    if (waitMs > 0) {
      response.setHeader('retry-after', String(Math.ceil(waitMs / 1000)));
      throw new ProblemError('too-many-requests');
    }
    return this.enrolment.enrol(body);
  }
}
