import { Module } from '@nestjs/common';
import { OutboundModule } from '../delivery/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { ChannelController } from './channel.controller.ts';
import { ChannelRepository } from './channel.repository.ts';
import { ChannelService } from './channel.service.ts';
import { DeliveryLogController } from './delivery-log.controller.ts';
import { DeliveryLogRepository } from './delivery-log.repository.ts';
import { DeliveryLogService } from './delivery-log.service.ts';

@Module({
  imports: [AuditModule, OutboundModule],
  controllers: [ChannelController, DeliveryLogController],
  providers: [ChannelRepository, ChannelService, DeliveryLogRepository, DeliveryLogService],
})
export class ChannelsModule {}
