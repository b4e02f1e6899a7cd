import { Module } from '@nestjs/common';
import { AlertingModule } from '../detector/index.ts';
import { OutboundModule } from '../../notifications/delivery/index.ts';
import { IncidentsModule } from '../incidents/index.ts';
import { AlertsModule } from './alerts/alerts.module.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { PeopleModule } from '../../identity/people/index.ts';
import { WatchdogModule } from '../watchdog/index.ts';
import { IncidentController } from './incident.controller.ts';
import { IncidentReader } from './incident-reader.ts';
import { IncidentQueries } from './incident.queries.ts';
import { IncidentTies } from './incident-ties.ts';
import { IncidentService } from './incident.service.ts';
import { IncidentListController } from './list/incident-list.controller.ts';
import { IncidentListRepository } from './list/incident-list.repository.ts';
import { MonitoringStatus } from './monitoring-status.ts';

@Module({
  imports: [AlertingModule, AlertsModule, AuditModule, IncidentsModule, OutboundModule, PeopleModule, WatchdogModule],
  // The list first: its paths would be read as ids.
  controllers: [IncidentListController, IncidentController],
  providers: [IncidentListRepository, IncidentQueries, IncidentReader, IncidentService, IncidentTies, MonitoringStatus],
  exports: [MonitoringStatus],
})
export class InboxModule {}
