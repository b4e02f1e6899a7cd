import { Module } from '@nestjs/common';
import { WatchdogModule } from './watchdog.module.ts';
import { OperationsController } from './operations.controller.ts';

@Module({ imports: [WatchdogModule], controllers: [OperationsController] })
export class OperationsModule {}
