import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../core/jobs/jobs.service.ts';
import { EscalationModule } from '../escalation/escalation.module.ts';
import { MaintenanceModule } from '../features/maintenance/maintenance.module.ts';
import { WatchdogModule } from '../features/watchdog/watchdog.module.ts';
import { SilencesModule } from '../features/silences/silences.module.ts';
import { OutboundModule } from '../outbound/outbound.module.ts';
import { AlertRepository } from './alert.repository.ts';
import { AlertStore } from './alert.store.ts';
import { AlertingMetrics } from './alerting.metrics.ts';
import { AlertingService } from './alerting.service.ts';
import { FactsRepository } from './facts/facts.repository.ts';
import { SiteProbes } from './facts/site-probes.ts';
import { TcpProbe } from './facts/tcp-probe.ts';
import { HandOverRepository } from './hand-over.repository.ts';
import { IncidentMessages } from './incident-messages.ts';
import { IncidentRepository } from './incident.repository.ts';
import { Leader } from './leader.ts';
import { PauseEnds } from './pause-ends.ts';
import { StoredPolicies } from './policy-adapter.ts';
import { PolicyPort } from './policy-port.ts';
import { AlertRetention } from './retention.ts';
import { Silencing } from './silencing.ts';

const FORGET_EVERY_MS = 6 * 3_600_000;

@Module({
  imports: [EscalationModule, MaintenanceModule, OutboundModule, SilencesModule, WatchdogModule],
  providers: [
    AlertRepository,
    AlertRetention,
    AlertStore,
    AlertingMetrics,
    AlertingService,
    FactsRepository,
    HandOverRepository,
    IncidentMessages,
    IncidentRepository,
    Leader,
    PauseEnds,
    { provide: PolicyPort, useClass: StoredPolicies },
    Silencing,
    SiteProbes,
    TcpProbe,
  ],
  exports: [AlertStore, AlertingService, HandOverRepository, IncidentMessages, IncidentRepository, PolicyPort],
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
