import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { EnrolmentService } from './enrolment.service.ts';
import { StrangerPace } from './stranger-pace.ts';

@Controller()
export class EnrolmentController {
  constructor(
    private readonly enrolment: EnrolmentService,
    private readonly pace: StrangerPace,
  ) {}

  @Implements(endpoints.createEnrolmentToken)
  createToken(@Call() { caller, params, requestId }: CallOf<typeof endpoints.createEnrolmentToken>) {
    return this.enrolment.createToken(caller, params.siteId, requestId);
  }

  @Implements(endpoints.createReplacementToken)
  createReplacementToken(@Call() { caller, params, requestId }: CallOf<typeof endpoints.createReplacementToken>) {
    return this.enrolment.createReplacementToken(caller, params.agentId, requestId);
  }

  @Implements(endpoints.enrolAgent)
  async enrol(@Call() { body, request }: CallOf<typeof endpoints.enrolAgent>) {
    await this.pace.take(request);
    return this.enrolment.enrol(body);
  }
}
