import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { MaintenanceController } from './maintenance.controller.ts';
import { MaintenanceRepository } from './maintenance.repository.ts';
import { MaintenanceService } from './maintenance.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [MaintenanceController],
  providers: [MaintenanceRepository, MaintenanceService],
  exports: [MaintenanceRepository],
})
export class MaintenanceModule {}
