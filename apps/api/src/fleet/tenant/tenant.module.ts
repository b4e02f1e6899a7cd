import { Module } from '@nestjs/common';
import { z } from 'zod';
import { AgentsModule } from '../../agents/registry/index.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { DeletionRepository } from './deletion.repository.ts';
import { DeletionService } from './deletion.service.ts';
import { OperatorExport } from './operator-export.ts';
import { Removal } from './removal.service.ts';
import { TenantController } from './tenant.controller.ts';

/** An operator as a whole: taken along, and taken away. */
@Module({
  imports: [AuditModule, AgentsModule],
  controllers: [TenantController],
  providers: [DeletionRepository, DeletionService, OperatorExport, Removal],
})
export class TenantModule {
  constructor(jobs: Jobs, removal: Removal) {
    jobs.define({
      name: 'remove-operators',
      payload: z.object({}),
      everyMs: 3_600_000,
      handle: async () => {
        await removal.removeDue();
      },
    });
  }
}
