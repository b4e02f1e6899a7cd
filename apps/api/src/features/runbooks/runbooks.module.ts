import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { PortsModule } from '../ports/ports.module.ts';
import { EvidenceRepository } from './evidence.repository.ts';
import { RunbookController } from './runbook.controller.ts';
import { RunbookRepository } from './runbook.repository.ts';
import { RunbookService } from './runbook.service.ts';

@Module({
  imports: [ActionsModule, AuditModule, PortsModule],
  controllers: [RunbookController],
  providers: [EvidenceRepository, RunbookRepository, RunbookService],
})
export class RunbooksModule {}
