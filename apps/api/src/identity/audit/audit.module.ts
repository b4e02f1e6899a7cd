import { Module } from '@nestjs/common';
import { AuditRepository } from './audit.repository.ts';
import { Changes } from './changes.ts';
import { AuditListController } from './list/audit-list.controller.ts';
import { AuditListRepository } from './list/audit-list.repository.ts';

@Module({
  controllers: [AuditListController],
  providers: [AuditListRepository, AuditRepository, Changes],
  exports: [AuditRepository, Changes],
})
export class AuditModule {}
