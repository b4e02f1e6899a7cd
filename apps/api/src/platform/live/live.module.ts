import { Module } from '@nestjs/common';
import { LiveController } from './live.controller.ts';
import { OpenStreams } from './open-streams.ts';

@Module({ controllers: [LiveController], providers: [OpenStreams] })
export class LiveModule {}
