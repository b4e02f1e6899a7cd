import { Module } from '@nestjs/common';
import { AlertingModule } from '../../alerting/alerting.module.ts';
import { OutboundModule } from '../../outbound/outbound.module.ts';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { WatchdogModule } from '../watchdog/watchdog.module.ts';
import { IncidentController } from './incident.controller.ts';
import { IncidentQueries } from './incident.queries.ts';
import { IncidentService } from './incident.service.ts';
import { MonitoringStatus } from './monitoring-status.ts';

@Module({
  imports: [AlertingModule, AlertsModule, AuditModule, OutboundModule, WatchdogModule],
  controllers: [IncidentController],
  providers: [IncidentQueries, IncidentService, MonitoringStatus],
  exports: [MonitoringStatus],
})
export class IncidentsModule {}
