import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { PkiModule } from '../pki/pki.module.ts';
import { EnrolmentController } from './enrolment.controller.ts';
import { EnrolmentService } from './enrolment.service.ts';

@Module({ imports: [AuditModule, PkiModule], controllers: [EnrolmentController], providers: [EnrolmentService] })
export class EnrolmentModule {}
