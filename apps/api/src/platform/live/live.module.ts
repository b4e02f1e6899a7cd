import { Module } from '@nestjs/common';
import { LiveController } from './live.controller.ts';
import { OpenStreams } from './open-streams.ts';
import { StreamPlaces } from './stream-places.ts';

@Module({ controllers: [LiveController], providers: [OpenStreams, StreamPlaces] })
export class LiveModule {}
