import { Module } from '@nestjs/common';
import { ActionsModule } from '../../agents/actions/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { EvidenceRepository } from './evidence.repository.ts';
import { RunbookController } from './runbook.controller.ts';
import { RunbookRepository } from './runbook.repository.ts';
import { RunbookService } from './runbook.service.ts';

@Module({
  imports: [ActionsModule, AuditModule],
  controllers: [RunbookController],
  providers: [EvidenceRepository, RunbookRepository, RunbookService],
})
export class RunbooksModule {}
