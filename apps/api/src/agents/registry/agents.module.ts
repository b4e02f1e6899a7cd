import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { AgentSignals } from './agent-signals.ts';
import { AgentController } from './agent.controller.ts';
import { AgentRepository } from './agent.repository.ts';
import { AgentService } from './agent.service.ts';
import { AgentListController } from './list/agent-list.controller.ts';
import { AgentListRepository } from './list/agent-list.repository.ts';
import { LeaseWatch } from './lease-watch.ts';
import { ReplacementRepository } from './replacement.repository.ts';
import { TargetRepository } from './target.repository.ts';

@Module({
  imports: [AuditModule],
  // The list first: its paths are not ids of agents.
  controllers: [AgentListController, AgentController],
  providers: [
    AgentListRepository,
    AgentRepository,
    AgentService,
    AgentSignals,
    LeaseWatch,
    ReplacementRepository,
    TargetRepository,
  ],
  exports: [AgentSignals, ReplacementRepository],
})
export class AgentsModule {}
