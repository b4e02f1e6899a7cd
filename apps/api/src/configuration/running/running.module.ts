import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { DeploymentsModule } from '../deployments/index.ts';
import { DriftRepository } from './drift.repository.ts';
import { DriftService } from './drift.service.ts';
import { RunningController } from './running.controller.ts';
import { RunningRepository } from './running.repository.ts';
import { RunningService } from './running.service.ts';
import { Texts } from './texts.service.ts';

const COMPARE_EVERY_MS = 60_000;

@Module({
  imports: [AuditModule, DeploymentsModule],
  controllers: [RunningController],
  providers: [DriftRepository, DriftService, RunningRepository, RunningService, Texts],
  exports: [DriftRepository, RunningRepository, Texts],
})
export class RunningModule {
  constructor(jobs: Jobs, drifts: DriftService) {
    jobs.define({
      name: 'compare-running-configs',
      payload: z.object({}),
      everyMs: COMPARE_EVERY_MS,
      handle: () => drifts.compareNew(),
    });
  }
}
