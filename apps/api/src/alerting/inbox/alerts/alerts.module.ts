import { Module } from '@nestjs/common';
import { AlertController } from './alert.controller.ts';
import { AlertQueries } from './alert.queries.ts';

@Module({ controllers: [AlertController], providers: [AlertQueries], exports: [AlertQueries] })
export class AlertsModule {}
