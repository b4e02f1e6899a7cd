import { Module } from '@nestjs/common';
import { BrokerModule } from '../broker/broker.module.ts';
import { PkiModule } from '../features/pki/pki.module.ts';
import { RollupModule } from '../features/rollup/rollup.module.ts';
import { AgentDirectory } from './agent-directory.ts';
import { BatchTransaction } from './batch-transaction.ts';
import { Committer } from './committer.ts';
import { IngestMetrics } from './ingest.metrics.ts';
import { IngestService } from './ingest.service.ts';
import { PresenceService } from './presence.service.ts';
import { AgentEffectsRepository } from './store/agent-effects.repository.ts';
import { InventoryRepository } from './store/inventory.repository.ts';
import { Layouts } from './store/layouts.ts';
import { RowEncoders } from './store/row-encoders.ts';
import { TelemetryRepository } from './store/telemetry.repository.ts';

@Module({
  imports: [BrokerModule, PkiModule, RollupModule],
  providers: [
    AgentDirectory,
    AgentEffectsRepository,
    BatchTransaction,
    Committer,
    IngestMetrics,
    IngestService,
    InventoryRepository,
    Layouts,
    PresenceService,
    RowEncoders,
    TelemetryRepository,
  ],
  exports: [AgentDirectory, Committer],
})
export class IngestModule {}
