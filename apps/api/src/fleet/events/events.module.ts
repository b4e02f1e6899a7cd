import { Module } from '@nestjs/common';
import { EventController } from './event.controller.ts';
import { EventRepository } from './event.repository.ts';

@Module({ controllers: [EventController], providers: [EventRepository] })
export class EventsModule {}
