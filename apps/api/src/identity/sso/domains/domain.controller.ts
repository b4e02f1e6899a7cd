import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { DomainProofs } from './domain-proofs.service.ts';

@Controller()
export class DomainController {
  constructor(private readonly proofs: DomainProofs) {}

  @Implements(endpoints.checkSsoDomain)
  check(@Call() { person, params, requestId }: CallOf<typeof endpoints.checkSsoDomain>) {
    return this.proofs.check(person, params.domain, requestId);
  }
}
