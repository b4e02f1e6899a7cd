import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { MaintenanceController } from './maintenance.controller.ts';
import { MaintenanceRepository } from './maintenance.repository.ts';

@Module({
  imports: [AuditModule],
  controllers: [MaintenanceController],
  providers: [MaintenanceRepository],
  exports: [MaintenanceRepository],
})
export class MaintenanceModule {}
