import { Module } from '@nestjs/common';
import { WatchdogModule } from './watchdog.module.ts';
import { OperationsController } from './operations.controller.ts';
import { Readiness } from './readiness.ts';

@Module({ imports: [WatchdogModule], controllers: [OperationsController], providers: [Readiness] })
export class OperationsModule {}
