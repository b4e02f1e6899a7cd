import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { ThresholdController } from './threshold.controller.ts';
import { ThresholdRepository } from './threshold.repository.ts';
import { ThresholdService } from './threshold.service.ts';

@Module({
  imports: [AuditModule],
  controllers: [ThresholdController],
  providers: [ThresholdRepository, ThresholdService],
})
export class ThresholdsModule {}
