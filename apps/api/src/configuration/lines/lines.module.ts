import { Module } from '@nestjs/common';
import { EntriesModule } from '../entries/index.ts';
import { ReviewModule } from '../review/index.ts';
import { LinesController } from './lines.controller.ts';
import { LinesService } from './lines.service.ts';

@Module({ imports: [EntriesModule, ReviewModule], controllers: [LinesController], providers: [LinesService] })
export class LinesModule {}
