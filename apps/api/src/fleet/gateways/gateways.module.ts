import { Module } from '@nestjs/common';
import { AgentsModule } from '../../agents/registry/index.ts';
import { AlertingModule } from '../../alerting/detector/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { GatewayController } from './gateway.controller.ts';
import { GatewayReader } from './gateway-reader.ts';
import { GatewayRepository } from './gateway.repository.ts';
import { GatewayService } from './gateway.service.ts';
import { GatewayListController } from './list/gateway-list.controller.ts';
import { GatewayListRepository } from './list/gateway-list.repository.ts';
import { LifecycleController } from './lifecycle.controller.ts';
import { LifecycleRepository } from './lifecycle.repository.ts';
import { LifecycleService } from './lifecycle.service.ts';

@Module({
  imports: [AuditModule, AgentsModule, AlertingModule],
  // The list first: its paths are not ids of gateways.
  controllers: [GatewayListController, GatewayController, LifecycleController],
  providers: [
    GatewayListRepository,
    GatewayRepository,
    GatewayReader,
    GatewayService,
    LifecycleService,
    LifecycleRepository,
  ],
})
export class GatewaysModule {}
