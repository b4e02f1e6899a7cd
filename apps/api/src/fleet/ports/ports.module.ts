import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { PortController } from './port.controller.ts';
import { PortHistoryRepository } from './port-history.repository.ts';
import { PortService } from './port.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [PortController],
  providers: [PortHistoryRepository, PortService],
})
export class PortsModule {}
