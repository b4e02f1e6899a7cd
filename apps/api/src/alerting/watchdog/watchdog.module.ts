import { Module } from '@nestjs/common';
import { OutboundModule } from '../../notifications/delivery/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { Canary } from './canary.ts';
import { CanaryController } from './canary.controller.ts';
import { HeartbeatController } from './heartbeat.controller.ts';
import { HeartbeatRepository } from './heartbeat.repository.ts';
import { HeartbeatService } from './heartbeat.service.ts';
import { Heartbeats } from './heartbeats.ts';
import { OutOfBandNotifier } from './out-of-band-notifier.ts';
import { Watchdog } from './watchdog.service.ts';

@Module({
  imports: [AuditModule, OutboundModule],
  controllers: [CanaryController, HeartbeatController],
  providers: [Canary, HeartbeatRepository, Heartbeats, HeartbeatService, OutOfBandNotifier, Watchdog],
  exports: [Canary, Heartbeats, Watchdog],
})
export class WatchdogModule {}
