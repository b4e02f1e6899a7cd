import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { PortsModule } from '../ports/ports.module.ts';
import { GatewayController } from './gateway.controller.ts';
import { GatewayRepository } from './gateway.repository.ts';

@Module({ imports: [AuditModule, PortsModule], controllers: [GatewayController], providers: [GatewayRepository] })
export class GatewaysModule {}
