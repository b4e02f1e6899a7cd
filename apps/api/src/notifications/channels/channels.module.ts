import { Module } from '@nestjs/common';
import { OutboundModule } from '../delivery/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { ChannelController } from './channel.controller.ts';
import { ChannelRepository } from './channel.repository.ts';
import { DeliveryLogController } from './delivery-log.controller.ts';
import { DeliveryLogRepository } from './delivery-log.repository.ts';

@Module({
  imports: [AuditModule, OutboundModule],
  controllers: [ChannelController, DeliveryLogController],
  providers: [ChannelRepository, DeliveryLogRepository],
})
export class ChannelsModule {}
