import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { PeopleModule } from '../../../identity/people/index.ts';
import { ScheduleTies } from './schedule-ties.ts';
import { ScheduleController } from './schedule.controller.ts';
import { ScheduleRepository } from './schedule.repository.ts';
import { ScheduleService } from './schedule.service.ts';

@Module({
  imports: [AuditModule, PeopleModule],
  controllers: [ScheduleController],
  providers: [ScheduleRepository, ScheduleService, ScheduleTies],
})
export class SchedulesModule {}
