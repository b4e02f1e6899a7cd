import { Module } from '@nestjs/common';
import { AlertController } from './alert.controller.ts';
import { AlertListRepository } from './alert-list.repository.ts';
import { AlertQueries } from './alert.queries.ts';

@Module({ controllers: [AlertController], providers: [AlertListRepository, AlertQueries], exports: [AlertQueries] })
export class AlertsModule {}
