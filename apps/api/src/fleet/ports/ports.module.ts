import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { LineController } from './lines/line.controller.ts';
import { LineFacetsRepository } from './lines/line-facets.repository.ts';
import { LineListRepository } from './lines/line-list.repository.ts';
import { PortController } from './port.controller.ts';
import { PortHistoryRepository } from './port-history.repository.ts';
import { PortService } from './port.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [LineController, PortController],
  providers: [LineFacetsRepository, LineListRepository, PortHistoryRepository, PortService],
})
export class PortsModule {}
