import { Module } from '@nestjs/common';
import { CallController } from './call.controller.ts';
import { CallRepository } from './call.repository.ts';

@Module({ controllers: [CallController], providers: [CallRepository] })
export class CallsModule {}
