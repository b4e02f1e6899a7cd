import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { StorageMeasure } from './storage-measure.ts';
import { UsageController } from './usage.controller.ts';
import { UsageRepository } from './usage.repository.ts';

@Module({ controllers: [UsageController], providers: [StorageMeasure, UsageRepository] })
export class UsageModule {
  constructor(jobs: Jobs, storage: StorageMeasure) {
    jobs.define({
      name: 'measure-storage',
      payload: z.object({}),
      everyMs: 3_600_000,
      handle: () => storage.measure(),
    });
  }
}
