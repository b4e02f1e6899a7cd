import { Module } from '@nestjs/common';
import { AuditModule } from '../../../identity/audit/index.ts';
import { SilenceController } from './silence.controller.ts';
import { SilenceRepository } from './silence.repository.ts';

@Module({
  imports: [AuditModule],
  controllers: [SilenceController],
  providers: [SilenceRepository],
  exports: [SilenceRepository],
})
export class SilencesModule {}
