import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { SilenceController } from './silence.controller.ts';
import { SilenceRepository } from './silence.repository.ts';
import { SilenceService } from './silence.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [SilenceController],
  providers: [SilenceRepository, SilenceService],
  exports: [SilenceRepository],
})
export class SilencesModule {}
