import { Inject, Module } from '@nestjs/common';
import { z } from 'zod';
import { BrokerModule } from '../broker/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { PkiModule } from '../pki/index.ts';
import { RollupModule } from '../../telemetry/rollup/index.ts';
import { AgentDirectory } from './agent-directory.ts';
import { BatchTransaction } from './batch-transaction.ts';
import { Committer } from './committer.ts';
import { IdentityConflicts } from './identity-conflicts.service.ts';
import { IngestMetrics } from './ingest.metrics.ts';
import { IngestService } from './ingest.service.ts';
import { PresenceService } from './presence.service.ts';
import { AgentEffectsRepository } from './store/agent-effects.repository.ts';
import { InventoryRepository } from './store/inventory.repository.ts';
import { Layouts } from './store/layouts.ts';
import { RowEncoders } from './store/row-encoders.ts';
import { TelemetryRepository } from './store/telemetry.repository.ts';

const DAY_MS = 86_400_000;
/** How long what was set aside is kept to look at. */
const REJECTED_DAYS = 30;

@Module({
  imports: [BrokerModule, PkiModule, RollupModule],
  providers: [
    AgentDirectory,
    AgentEffectsRepository,
    BatchTransaction,
    Committer,
    IdentityConflicts,
    IngestMetrics,
    IngestService,
    InventoryRepository,
    Layouts,
    PresenceService,
    RowEncoders,
    TelemetryRepository,
  ],
  exports: [AgentDirectory, TelemetryRepository],
})
export class IngestModule {
  constructor(jobs: Jobs, effects: AgentEffectsRepository, db: Database, @Inject(CLOCK) now: Clock) {
    jobs.define({
      name: 'forget-rejected',
      payload: z.object({}),
      everyMs: DAY_MS,
      handle: async () => {
        const { rows } = await db.query<{ id: string }>('select id from resolve_operators() as id');
        for (const { id } of rows)
          await db.tx(wholeOperator(id), (sql) =>
            effects.forgetRejected(sql, new Date(now() - REJECTED_DAYS * DAY_MS)),
          );
      },
    });
  }
}
