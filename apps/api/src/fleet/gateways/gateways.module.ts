import { Module } from '@nestjs/common';
import { AlertingModule } from '../../alerting/detector/index.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { GatewayController } from './gateway.controller.ts';
import { GatewayReader } from './gateway-reader.ts';
import { GatewayRepository } from './gateway.repository.ts';
import { GatewayService } from './gateway.service.ts';
import { LifecycleController } from './lifecycle.controller.ts';
import { LifecycleRepository } from './lifecycle.repository.ts';
import { LifecycleService } from './lifecycle.service.ts';

@Module({
  imports: [AuditModule, AlertingModule],
  controllers: [GatewayController, LifecycleController],
  providers: [GatewayRepository, GatewayReader, GatewayService, LifecycleService, LifecycleRepository],
})
export class GatewaysModule {}
