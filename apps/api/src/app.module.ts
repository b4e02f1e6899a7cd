import { MaintenanceModule } from './features/maintenance/maintenance.module.ts';
import { PoliciesModule } from './features/policies/policies.module.ts';
import { SchedulesModule } from './features/schedules/schedules.module.ts';
import { SilencesModule } from './features/silences/silences.module.ts';
import { ThresholdsModule } from './features/thresholds/thresholds.module.ts';
import { InstallModule } from './features/install/install.module.ts';
import { AlertingModule } from './alerting/alerting.module.ts';
import { AlertsModule } from './features/alerts/alerts.module.ts';
import { IncidentsModule } from './features/incidents/incidents.module.ts';
import { OutboundModule } from './outbound/outbound.module.ts';
import { DeliveryModule } from './features/delivery/delivery.module.ts';
import { IngestModule } from './ingest/ingest.module.ts';
import { RollupModule } from './features/rollup/rollup.module.ts';
import { LiveModule } from './features/live/live.module.ts';
import { EnrolmentModule } from './features/enrolment/enrolment.module.ts';
import { EventsModule } from './features/events/events.module.ts';
import { ActionsModule } from './features/actions/actions.module.ts';
import { AgentsModule } from './features/agents/agents.module.ts';
import { AuditModule } from './features/audit/audit.module.ts';
import { ChannelsModule } from './features/channels/channels.module.ts';
import { CustomersModule } from './features/customers/customers.module.ts';
import { DocsModule } from './features/docs/docs.module.ts';
import { DriversModule } from './features/drivers/drivers.module.ts';
import { GatewaysModule } from './features/gateways/gateways.module.ts';
import { OperationsModule } from './features/operations/operations.module.ts';
import { OverviewModule } from './features/overview/overview.module.ts';
import { PortsModule } from './features/ports/ports.module.ts';
import { RunbooksModule } from './features/runbooks/runbooks.module.ts';
import { SeriesModule } from './features/series/series.module.ts';
import { PkiModule } from './features/pki/pki.module.ts';
import { SessionModule } from './features/session/session.module.ts';
import { WatchdogModule } from './features/watchdog/watchdog.module.ts';
import { SitesModule } from './features/sites/sites.module.ts';

/** Every capability of the API; `createApp` adds the core. */
export const FEATURES = [
  AgentsModule,
  ActionsModule,
  AlertingModule,
  AlertsModule,
  EnrolmentModule,
  EventsModule,
  LiveModule,
  AuditModule,
  ChannelsModule,
  CustomersModule,
  DocsModule,
  DriversModule,
  GatewaysModule,
  OperationsModule,
  OutboundModule,
  OverviewModule,
  PortsModule,
  RunbooksModule,
  SeriesModule,
  PkiModule,
  RollupModule,
  IncidentsModule,
  IngestModule,
  InstallModule,
  DeliveryModule,
  SessionModule,
  SitesModule,
  MaintenanceModule,
  PoliciesModule,
  SchedulesModule,
  SilencesModule,
  ThresholdsModule,
  WatchdogModule,
];
