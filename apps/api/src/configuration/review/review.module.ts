import { Module } from '@nestjs/common';
import { EntriesModule } from '../entries/index.ts';
import { SetupModule } from '../setup/index.ts';
import { Planner } from './planner.ts';
import { ReviewController } from './review.controller.ts';
import { ReviewService } from './review.service.ts';

@Module({
  imports: [EntriesModule, SetupModule],
  controllers: [ReviewController],
  providers: [Planner, ReviewService],
  exports: [Planner, ReviewService],
})
export class ReviewModule {}
