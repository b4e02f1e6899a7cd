import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.ts';
import { ActionController } from './action.controller.ts';
import { ActionRepository } from './action.repository.ts';

@Module({
  imports: [AgentsModule],
  controllers: [ActionController],
  providers: [ActionRepository],
  exports: [ActionRepository],
})
export class ActionsModule {}
