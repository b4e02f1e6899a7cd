import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/index.ts';
import { MaintenanceModule } from '../hold-backs/maintenance/index.ts';
import { SilencesModule } from '../hold-backs/silences/index.ts';
import { OutboundModule } from '../../notifications/delivery/index.ts';
import { Digests } from './digest.service.ts';
import { DigestRepository } from './digest.repository.ts';
import { EscalationWorker } from './escalation-worker.ts';
import { EscalationRepository } from './escalation.repository.ts';
import { Escalations } from './escalation.service.ts';
import { PolicyWorldRepository } from './policy-world.repository.ts';
import { Notifier } from './notifier.ts';

@Module({
  imports: [IncidentsModule, MaintenanceModule, OutboundModule, SilencesModule],
  providers: [
    DigestRepository,
    Digests,
    EscalationRepository,
    EscalationWorker,
    Escalations,
    PolicyWorldRepository,
    Notifier,
  ],
  exports: [EscalationWorker, Escalations, PolicyWorldRepository],
})
export class EscalationModule {}
