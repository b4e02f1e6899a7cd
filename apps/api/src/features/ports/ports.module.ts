import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { PortController } from './port.controller.ts';
import { PortHistoryRepository } from './port-history.repository.ts';
import { PortRepository } from './port.repository.ts';
import { PortService } from './port.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [PortController],
  providers: [PortRepository, PortHistoryRepository, PortService],
  exports: [PortRepository],
})
export class PortsModule {}
