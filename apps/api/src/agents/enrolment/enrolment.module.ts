import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { PkiModule } from '../pki/index.ts';
import { AgentsModule } from '../registry/index.ts';
import { EnrolmentController } from './enrolment.controller.ts';
import { EnrolmentService } from './enrolment.service.ts';
import { ReturnController } from './return/return.controller.ts';
import { ReturnRepository } from './return/return.repository.ts';
import { ReturnService } from './return/return.service.ts';
import { StrangerPace } from './stranger-pace.ts';

@Module({
  imports: [AgentsModule, AuditModule, PkiModule],
  controllers: [EnrolmentController, ReturnController],
  providers: [EnrolmentService, ReturnRepository, ReturnService, StrangerPace],
})
export class EnrolmentModule {}
