import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { ScheduleController } from './schedule.controller.ts';
import { ScheduleRepository } from './schedule.repository.ts';
import { ScheduleService } from './schedule.service.ts';

@Module({ imports: [AuditModule], controllers: [ScheduleController], providers: [ScheduleRepository, ScheduleService] })
export class SchedulesModule {}
