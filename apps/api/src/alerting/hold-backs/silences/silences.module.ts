import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { SilenceListController } from './list/silence-list.controller.ts';
import { SilenceListRepository } from './list/silence-list.repository.ts';
import { SilenceController } from './silence.controller.ts';
import { SilenceRepository } from './silence.repository.ts';
import { SilenceService } from './silence.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [SilenceListController, SilenceController],
  providers: [SilenceRepository, SilenceListRepository, SilenceService],
  exports: [SilenceRepository],
})
export class SilencesModule {}
