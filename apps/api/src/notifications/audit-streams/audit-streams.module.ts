import { Module } from '@nestjs/common';
import { CONFIG } from '../../core/config.ts';
import { GuardedTls } from '../../core/egress/guarded-tls.ts';
import { makeGuardedTls } from '../../core/egress/make-guarded-http.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { OutboundModule } from '../delivery/index.ts';
import { AuditStreamController } from './audit-stream.controller.ts';
import { AuditStreamRepository } from './audit-stream.repository.ts';
import { AuditStreamService } from './audit-stream.service.ts';
import { StreamQueue } from './stream-queue.repository.ts';
import { StreamSender } from './stream-sender.ts';
import { StreamSettingsSeal } from './stream-settings.ts';
import { StreamWorker } from './stream-worker.ts';

@Module({
  imports: [AuditModule, OutboundModule],
  controllers: [AuditStreamController],
  providers: [
    { provide: GuardedTls, inject: [CONFIG], useFactory: makeGuardedTls },
    AuditStreamRepository,
    AuditStreamService,
    StreamQueue,
    StreamSender,
    StreamSettingsSeal,
    StreamWorker,
  ],
})
export class AuditStreamsModule {}
