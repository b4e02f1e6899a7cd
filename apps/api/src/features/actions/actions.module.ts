import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AgentsModule } from '../agents/agents.module.ts';
import { ActionController } from './action.controller.ts';
import { ActionRepository } from './action.repository.ts';
import { ActionService } from './action.service.ts';

@Module({
  imports: [AgentsModule, AuditModule],
  controllers: [ActionController],
  providers: [ActionRepository, ActionService],
  exports: [ActionRepository, ActionService],
})
export class ActionsModule {}
