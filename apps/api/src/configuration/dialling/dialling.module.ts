import { Module } from '@nestjs/common';
import { EntriesModule } from '../entries/index.ts';
import { DiallingController } from './dialling.controller.ts';
import { DiallingService } from './dialling.service.ts';

@Module({ imports: [EntriesModule], controllers: [DiallingController], providers: [DiallingService] })
export class DiallingModule {}
