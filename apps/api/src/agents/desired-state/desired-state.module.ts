import { Module } from '@nestjs/common';
import { z } from 'zod';
import { BrokerModule } from '../broker/index.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { IngestModule } from '../ingest/index.ts';
import { AgentsModule } from '../registry/index.ts';
import { AgentRelay } from './agent-relay.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { DesiredStateRepository } from './desired-state.repository.ts';
import { DesiredStateService } from './desired-state.service.ts';
import { DesiredStates } from './kinds/desired-states.ts';
import { desiredStates } from './kinds/index.ts';

const EXPIRE_EVERY_MS = 15_000;

@Module({
  imports: [AgentsModule, BrokerModule, IngestModule],
  providers: [
    AgentRelay,
    DesiredStateRepository,
    DesiredStateService,
    {
      provide: DesiredStates,
      useFactory: (secrets: Secrets) => new DesiredStates(desiredStates({ secrets })),
      inject: [Secrets],
    },
  ],
})
export class DesiredStateModule {
  constructor(jobs: Jobs, states: DesiredStateService) {
    jobs.define({
      name: 'expire-actions',
      payload: z.object({}),
      everyMs: EXPIRE_EVERY_MS,
      handle: () => states.expire(),
    });
  }
}
