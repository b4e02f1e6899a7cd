import { Module } from '@nestjs/common';
import { AuditRepository } from './audit.repository.ts';
import { Changes } from './changes.ts';

@Module({ providers: [AuditRepository, Changes], exports: [AuditRepository, Changes] })
export class AuditModule {}
