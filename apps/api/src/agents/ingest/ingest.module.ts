import { Inject, Module } from '@nestjs/common';
import { z } from 'zod';
import { BrokerModule } from '../broker/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { PkiModule, PkiService } from '../pki/index.ts';
import { RollupModule } from '../../telemetry/rollup/index.ts';
import { AgentDirectory } from './agent-directory.ts';
import { BatchTransaction } from './batch-transaction.ts';
import { Committer } from './committer.ts';
import { IdentityConflicts } from './identity-conflicts.service.ts';
import { IngestMetrics } from './ingest.metrics.ts';
import { IngestService } from './ingest.service.ts';
import { PresenceService } from './presence.service.ts';
import { messageKinds } from './kinds/index.ts';
import { MessageKinds } from './kinds/message-kinds.ts';
import { AgentRepository } from './store/agent.repository.ts';
import { CertificateUseRepository } from './store/certificate-use.repository.ts';
import { CursorRepository } from './store/cursor.repository.ts';
import { GatewayContextRepository } from './store/gateway-context.repository.ts';
import { InventoryRepository } from './store/inventory.repository.ts';
import { Layouts } from './store/layouts.ts';
import { MergedGatewayRepository } from './store/merged-gateway.repository.ts';
import { QuarantineRepository } from './store/quarantine.repository.ts';
import { RowEncoders } from './store/row-encoders.ts';
import { TelemetryRepository } from './store/telemetry.repository.ts';

const DAY_MS = 86_400_000;
/** How long quarantined messages are kept for inspection. */
const QUARANTINE_DAYS = 30;

@Module({
  imports: [BrokerModule, PkiModule, RollupModule],
  providers: [
    AgentDirectory,
    AgentRepository,
    CertificateUseRepository,
    BatchTransaction,
    Committer,
    CursorRepository,
    GatewayContextRepository,
    IdentityConflicts,
    IngestMetrics,
    IngestService,
    InventoryRepository,
    Layouts,
    MergedGatewayRepository,
    {
      provide: MessageKinds,
      useFactory: (pki: PkiService, inventories: InventoryRepository, encoders: RowEncoders, secrets: Secrets) =>
        new MessageKinds(messageKinds({ pki, inventories, encoders, secrets })),
      inject: [PkiService, InventoryRepository, RowEncoders, Secrets],
    },
    PresenceService,
    QuarantineRepository,
    RowEncoders,
    TelemetryRepository,
  ],
  exports: [AgentDirectory, GatewayContextRepository],
})
export class IngestModule {
  constructor(jobs: Jobs, quarantine: QuarantineRepository, db: Database, @Inject(CLOCK) now: Clock) {
    jobs.define({
      name: 'forget-rejected',
      payload: z.object({}),
      everyMs: DAY_MS,
      handle: async () => {
        const { rows } = await db.query<{ id: string }>('select id from resolve_operators() as id');
        for (const { id } of rows)
          await db.tx(wholeOperator(id), (sql) =>
            quarantine.deleteBefore(sql, new Date(now() - QUARANTINE_DAYS * DAY_MS)),
          );
      },
    });
  }
}
