import { Module } from '@nestjs/common';
import { IncidentRepository } from '../alerting/incident.repository.ts';
import { MaintenanceModule } from '../features/maintenance/maintenance.module.ts';
import { SilencesModule } from '../features/silences/silences.module.ts';
import { OutboundModule } from '../outbound/outbound.module.ts';
import { Digests } from './digest.service.ts';
import { DigestRepository } from './digest.repository.ts';
import { EscalationWorker } from './escalation-worker.ts';
import { EscalationRepository } from './escalation.repository.ts';
import { Escalations } from './escalation.service.ts';
import { PolicyWorldRepository } from './policy-world.repository.ts';
import { Teller } from './teller.ts';

@Module({
  imports: [MaintenanceModule, OutboundModule, SilencesModule],
  providers: [
    DigestRepository,
    Digests,
    EscalationRepository,
    EscalationWorker,
    Escalations,
    IncidentRepository,
    PolicyWorldRepository,
    Teller,
  ],
  exports: [EscalationWorker, Escalations, PolicyWorldRepository],
})
export class EscalationModule {}
