import { Module } from '@nestjs/common';
import { z } from 'zod';
import { BrokerModule } from '../broker/index.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { IngestModule } from '../ingest/index.ts';
import { AgentsModule } from '../registry/index.ts';
import { AgentRelay } from './agent-relay.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import { DeliveryService } from './delivery.service.ts';

const EXPIRE_EVERY_MS = 15_000;

@Module({
  imports: [AgentsModule, BrokerModule, IngestModule],
  providers: [AgentRelay, DeliveryRepository, DeliveryService],
})
export class DeliveryModule {
  constructor(jobs: Jobs, delivery: DeliveryService) {
    jobs.define({
      name: 'expire-actions',
      payload: z.object({}),
      everyMs: EXPIRE_EVERY_MS,
      handle: () => delivery.expire(),
    });
  }
}
