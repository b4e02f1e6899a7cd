import { Module } from '@nestjs/common';
import { OutboundModule } from '../delivery/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { ChannelController } from './channel.controller.ts';
import { ChannelRepository } from './channel.repository.ts';
import { ChannelService } from './channel.service.ts';
import { DeliveryListController } from './log/delivery-list.controller.ts';
import { DeliveryListRepository } from './log/delivery-list.repository.ts';
import { DeliveryLogController } from './log/delivery-log.controller.ts';
import { DeliveryLogRepository } from './log/delivery-log.repository.ts';
import { DeliveryLogService } from './log/delivery-log.service.ts';

@Module({
  imports: [AuditModule, OutboundModule],
  controllers: [ChannelController, DeliveryListController, DeliveryLogController],
  providers: [ChannelRepository, ChannelService, DeliveryListRepository, DeliveryLogRepository, DeliveryLogService],
})
export class ChannelsModule {}
