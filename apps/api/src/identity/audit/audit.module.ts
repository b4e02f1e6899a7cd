import { Module } from '@nestjs/common';
import { AuditService } from './audit.repository.ts';

@Module({ providers: [AuditService], exports: [AuditService] })
export class AuditModule {}
