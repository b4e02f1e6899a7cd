import { Module } from '@nestjs/common';
import { z } from 'zod';
import { AgentsModule } from '../../agents/registry/index.ts';
import { MaintenanceModule } from '../../alerting/hold-backs/maintenance/index.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { EntriesModule } from '../entries/index.ts';
import { ReviewModule } from '../review/index.ts';
import { AdvanceService } from './advance.service.ts';
import { DeployService } from './deploy.service.ts';
import { DeploymentController } from './deployment.controller.ts';
import { DeploymentRepository } from './deployment.repository.ts';
import { DeploymentService } from './deployment.service.ts';
import { JobBuilder } from './job-builder.ts';
import { JobRepository } from './job.repository.ts';

/** How soon the next gateway of a deployment follows, and windows are noticed. */
const ADVANCE_EVERY_MS = 10_000;

@Module({
  imports: [AgentsModule, AuditModule, EntriesModule, MaintenanceModule, ReviewModule],
  controllers: [DeploymentController],
  providers: [AdvanceService, DeployService, DeploymentRepository, DeploymentService, JobBuilder, JobRepository],
  exports: [AdvanceService, DeployService],
})
export class DeploymentsModule {
  constructor(jobs: Jobs, advance: AdvanceService) {
    jobs.define({
      name: 'advance-deployments',
      payload: z.object({}),
      everyMs: ADVANCE_EVERY_MS,
      handle: () => advance.advanceAll(),
    });
  }
}
