import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { PkiModule } from '../pki/index.ts';
import { EnrolmentController } from './enrolment.controller.ts';
import { EnrolmentService } from './enrolment.service.ts';

@Module({ imports: [AuditModule, PkiModule], controllers: [EnrolmentController], providers: [EnrolmentService] })
export class EnrolmentModule {}
