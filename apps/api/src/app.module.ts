import { CsvModule } from './configuration/csv/index.ts';
import { DocumentModule } from './configuration/document/index.ts';
import { DeploymentsModule } from './configuration/deployments/index.ts';
import { DiallingModule } from './configuration/dialling/index.ts';
import { DraftsModule } from './configuration/drafts/index.ts';
import { EntriesModule } from './configuration/entries/index.ts';
import { ImportsModule } from './configuration/imports/index.ts';
import { LinesModule } from './configuration/lines/index.ts';
import { ReviewModule } from './configuration/review/index.ts';
import { RevisionsModule } from './configuration/revisions/index.ts';
import { ReadingModule } from './configuration/reading/index.ts';
import { RunningModule } from './configuration/running/index.ts';
import { SetupModule } from './configuration/setup/index.ts';
import { TimelineModule } from './configuration/timeline/index.ts';
import { MaintenanceModule } from './alerting/hold-backs/maintenance/index.ts';
import { PoliciesModule, SchedulesModule } from './alerting/policies/index.ts';
import { SilencesModule } from './alerting/hold-backs/silences/index.ts';
import { ThresholdsModule } from './alerting/thresholds/index.ts';
import { EnrolmentModule, InstallModule } from './agents/enrolment/index.ts';
import { AlertingModule } from './alerting/detector/index.ts';
import { AlertsModule, InboxModule } from './alerting/inbox/index.ts';
import { OutboundModule } from './notifications/delivery/index.ts';
import { DesiredStateModule } from './agents/desired-state/index.ts';
import { IngestModule } from './agents/ingest/index.ts';
import { RollupModule } from './telemetry/rollup/index.ts';
import { OauthModule } from './identity/oauth/index.ts';
import { ScimModule } from './identity/scim/index.ts';
import { SsoModule } from './identity/sso/index.ts';
import { TokensModule } from './identity/tokens/index.ts';
import { LiveModule } from './platform/live/index.ts';
import { McpModule } from './platform/mcp/index.ts';
import { CallsModule } from './fleet/calls/index.ts';
import { EventsModule } from './fleet/events/index.ts';
import { ActionsModule } from './agents/actions/index.ts';
import { AgentsModule } from './agents/registry/index.ts';
import { AuditModule } from './identity/audit/index.ts';
import { AuditStreamsModule } from './notifications/audit-streams/index.ts';
import { ChannelsModule } from './notifications/channels/index.ts';
import { CustomersModule } from './fleet/customers/index.ts';
import { DocsModule } from './platform/docs/index.ts';
import { DriversModule } from './fleet/drivers/index.ts';
import { GatewaysModule } from './fleet/gateways/index.ts';
import { OperationsModule, WatchdogModule } from './alerting/watchdog/index.ts';
import { OverviewModule } from './fleet/overview/index.ts';
import { PortsModule } from './fleet/ports/index.ts';
import { OrganisationModule } from './identity/organisation/index.ts';
import { RolesModule } from './identity/roles/index.ts';
import { RunbooksModule } from './alerting/runbooks/index.ts';
import { SeriesModule } from './telemetry/series/index.ts';
import { PkiModule } from './agents/pki/index.ts';
import { AccountModule } from './identity/account/index.ts';
import { EntryModule } from './identity/entry/index.ts';
import { PeopleModule } from './identity/people/index.ts';
import { ProviderModule } from './identity/provider/index.ts';
import { SessionModule } from './identity/session/index.ts';
import { SignInPolicyModule } from './identity/sign-in-policy/index.ts';
import { SitesModule } from './fleet/sites/index.ts';
import { TenantModule } from './fleet/tenant/index.ts';
import { UsageModule } from './fleet/usage/index.ts';

/** Every capability of the API; `createApp` adds the core. */
export const FEATURES = [
  AgentsModule,
  ActionsModule,
  AlertingModule,
  AlertsModule,
  EnrolmentModule,
  EventsModule,
  CallsModule,
  LiveModule,
  AuditModule,
  AuditStreamsModule,
  ChannelsModule,
  CustomersModule,
  DocsModule,
  DriversModule,
  GatewaysModule,
  OperationsModule,
  OutboundModule,
  OverviewModule,
  PortsModule,
  OrganisationModule,
  RolesModule,
  RunbooksModule,
  SeriesModule,
  PkiModule,
  RollupModule,
  InboxModule,
  IngestModule,
  InstallModule,
  DesiredStateModule,
  SessionModule,
  SignInPolicyModule,
  TokensModule,
  OauthModule,
  SsoModule,
  ScimModule,
  McpModule,
  AccountModule,
  PeopleModule,
  EntryModule,
  ProviderModule,
  SitesModule,
  TenantModule,
  UsageModule,
  MaintenanceModule,
  PoliciesModule,
  SchedulesModule,
  SilencesModule,
  ThresholdsModule,
  WatchdogModule,
  EntriesModule,
  DiallingModule,
  DraftsModule,
  ImportsModule,
  LinesModule,
  CsvModule,
  DocumentModule,
  ReviewModule,
  RevisionsModule,
  DeploymentsModule,
  ReadingModule,
  RunningModule,
  SetupModule,
  TimelineModule,
];
