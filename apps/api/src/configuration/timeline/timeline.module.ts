import { Module } from '@nestjs/common';
import { EntriesModule } from '../entries/index.ts';
import { RevisionsModule } from '../revisions/index.ts';
import { TimelineController } from './timeline.controller.ts';
import { TimelineRepository } from './timeline.repository.ts';
import { TimelineService } from './timeline.service.ts';

@Module({
  imports: [EntriesModule, RevisionsModule],
  controllers: [TimelineController],
  providers: [TimelineRepository, TimelineService],
})
export class TimelineModule {}
