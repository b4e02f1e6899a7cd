import { Module } from '@nestjs/common';
import { MaintenanceRepository } from '../features/maintenance/maintenance.repository.ts';
import { SilenceRepository } from '../features/silences/silence.repository.ts';
import { OutboundModule } from '../outbound/outbound.module.ts';
import { Digests } from './digest.service.ts';
import { DigestRepository } from './digest.repository.ts';
import { EscalationWorker } from './escalation-worker.ts';
import { EscalationRepository } from './escalation.repository.ts';
import { Escalations } from './escalation.service.ts';
import { PolicyWorldRepository } from './policy-world.repository.ts';
import { Teller } from './teller.ts';

@Module({
  imports: [OutboundModule],
  providers: [
    DigestRepository,
    Digests,
    EscalationRepository,
    EscalationWorker,
    Escalations,
    MaintenanceRepository,
    PolicyWorldRepository,
    SilenceRepository,
    Teller,
  ],
  exports: [EscalationWorker, Escalations, MaintenanceRepository, PolicyWorldRepository, SilenceRepository],
})
export class EscalationModule {}
