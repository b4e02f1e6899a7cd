import { Module } from '@nestjs/common';
import { EscalationModule } from '../escalation/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { PeopleModule } from '../../identity/people/index.ts';
import { PolicyTies } from './policy-ties.ts';
import { PolicyController } from './policy.controller.ts';
import { PolicyRepository } from './policy.repository.ts';
import { PolicyService } from './policy.service.ts';

@Module({
  imports: [AuditModule, EscalationModule, PeopleModule],
  controllers: [PolicyController],
  providers: [PolicyRepository, PolicyService, PolicyTies],
})
export class PoliciesModule {}
