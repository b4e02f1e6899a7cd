import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { EscalationModule } from '../escalation/index.ts';
import { MaintenanceModule } from '../hold-backs/maintenance/index.ts';
import { WatchdogModule } from '../watchdog/index.ts';
import { SilencesModule } from '../hold-backs/silences/index.ts';
import { OutboundModule } from '../../notifications/delivery/index.ts';
import { AlertRepository } from './alert.repository.ts';
import { AlertStore } from './alert.store.ts';
import { AlertingMetrics } from './alerting.metrics.ts';
import { AlertingService } from './alerting.service.ts';
import { Announcer } from './announcer.ts';
import { FactsRepository } from './facts/facts.repository.ts';
import { SiteProbes } from './facts/site-probes.ts';
import { TcpProbe } from './facts/tcp-probe.ts';
import { Grouping } from './grouping.ts';
import { HandOverRepository } from './hand-over.repository.ts';
import { IncidentUpdates } from './incident-updates.ts';
import { IncidentsModule } from '../incidents/index.ts';
import { Leader } from './leader.ts';
import { PauseEnds } from './pause-ends.ts';
import { StoredPolicies } from './policy-adapter.ts';
import { PolicyPort } from './policy-port.ts';
import { AlertRetention } from './retention.ts';
import { Silencing } from './silencing.ts';

const FORGET_EVERY_MS = 6 * 3_600_000;

@Module({
  imports: [EscalationModule, IncidentsModule, MaintenanceModule, OutboundModule, SilencesModule, WatchdogModule],
  providers: [
    AlertRepository,
    AlertRetention,
    AlertStore,
    AlertingMetrics,
    AlertingService,
    Announcer,
    FactsRepository,
    Grouping,
    HandOverRepository,
    IncidentUpdates,
    Leader,
    PauseEnds,
    { provide: PolicyPort, useClass: StoredPolicies },
    Silencing,
    SiteProbes,
    TcpProbe,
  ],
  exports: [AlertStore, AlertingService, HandOverRepository, PolicyPort],
})
export class AlertingModule {
  constructor(jobs: Jobs, retention: AlertRetention) {
    jobs.define({
      name: 'forget-alerts',
      payload: z.object({}),
      everyMs: FORGET_EVERY_MS,
      handle: async () => {
        await retention.forget();
      },
    });
  }
}
