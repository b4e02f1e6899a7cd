import { Module } from '@nestjs/common';
import { EscalationModule } from '../escalation/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { PolicyController } from './policy.controller.ts';
import { PolicyRepository } from './policy.repository.ts';
import { PolicyService } from './policy.service.ts';

@Module({
  imports: [AuditModule, EscalationModule],
  controllers: [PolicyController],
  providers: [PolicyRepository, PolicyService],
})
export class PoliciesModule {}
