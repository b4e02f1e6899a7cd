import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { MaintenanceController } from './maintenance.controller.ts';
import { MaintenanceRepository } from './maintenance.repository.ts';

@Module({
  imports: [AuditModule],
  controllers: [MaintenanceController],
  providers: [MaintenanceRepository],
  exports: [MaintenanceRepository],
})
export class MaintenanceModule {}
