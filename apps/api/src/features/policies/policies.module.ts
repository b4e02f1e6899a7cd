import { Module } from '@nestjs/common';
import { EscalationModule } from '../../escalation/escalation.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { PolicyController } from './policy.controller.ts';
import { PolicyRepository } from './policy.repository.ts';

@Module({ imports: [AuditModule, EscalationModule], controllers: [PolicyController], providers: [PolicyRepository] })
export class PoliciesModule {}
