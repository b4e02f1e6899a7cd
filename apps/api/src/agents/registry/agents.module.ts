import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { AgentSignals } from './agent-signals.ts';
import { AgentController } from './agent.controller.ts';
import { AgentRepository } from './agent.repository.ts';
import { AgentService } from './agent.service.ts';
import { LeaseWatch } from './lease-watch.ts';
import { TargetRepository } from './target.repository.ts';

@Module({
  imports: [AuditModule],
  controllers: [AgentController],
  providers: [AgentRepository, AgentService, AgentSignals, LeaseWatch, TargetRepository],
  exports: [AgentSignals],
})
export class AgentsModule {}
