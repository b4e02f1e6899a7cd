import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { AgentSignals } from './agent-signals.ts';
import { AgentController } from './agent.controller.ts';
import { AgentRepository } from './agent.repository.ts';
import { LeaseWatch } from './lease-watch.ts';

@Module({
  imports: [AuditModule],
  controllers: [AgentController],
  providers: [AgentRepository, AgentSignals, LeaseWatch],
  exports: [AgentSignals],
})
export class AgentsModule {}
