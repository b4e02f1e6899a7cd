import { Module } from '@nestjs/common';
import { OutboundModule } from '../../notifications/delivery/index.ts';
import { IncidentMessages } from './incident-messages.ts';
import { IncidentRepository } from './incident.repository.ts';

/** Incidents as rows and as messages: what detector, escalation and inbox share. */
@Module({
  imports: [OutboundModule],
  providers: [IncidentMessages, IncidentRepository],
  exports: [IncidentMessages, IncidentRepository],
})
export class IncidentsModule {}
