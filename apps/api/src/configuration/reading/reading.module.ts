import { Module } from '@nestjs/common';
import { z } from 'zod';
import { AgentsModule } from '../../agents/registry/index.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditModule } from '../../identity/audit/index.ts';
import { ReadRepository } from './read.repository.ts';
import { ReadService } from './read.service.ts';
import { ReadingController } from './reading.controller.ts';

/** How soon a reading follows once it is due and there is room for it. */
const ISSUE_EVERY_MS = 60_000;

@Module({
  imports: [AgentsModule, AuditModule],
  controllers: [ReadingController],
  providers: [ReadRepository, ReadService],
})
export class ReadingModule {
  constructor(jobs: Jobs, reads: ReadService) {
    jobs.define({
      name: 'issue-config-reads',
      payload: z.object({}),
      everyMs: ISSUE_EVERY_MS,
      handle: () => reads.issueAll(),
    });
  }
}
