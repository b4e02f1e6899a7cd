import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { MaintenanceListController } from './list/maintenance-list.controller.ts';
import { MaintenanceListRepository } from './list/maintenance-list.repository.ts';
import { MaintenanceController } from './maintenance.controller.ts';
import { MaintenanceRepository } from './maintenance.repository.ts';
import { MaintenanceService } from './maintenance.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [MaintenanceListController, MaintenanceController],
  providers: [MaintenanceRepository, MaintenanceListRepository, MaintenanceService],
  exports: [MaintenanceRepository],
})
export class MaintenanceModule {}
