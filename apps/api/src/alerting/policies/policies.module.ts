import { Module } from '@nestjs/common';
import { EscalationModule } from '../escalation/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { PolicyController } from './policy.controller.ts';
import { PolicyRepository } from './policy.repository.ts';

@Module({ imports: [AuditModule, EscalationModule], controllers: [PolicyController], providers: [PolicyRepository] })
export class PoliciesModule {}
