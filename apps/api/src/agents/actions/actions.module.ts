import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { AgentsModule } from '../registry/index.ts';
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
