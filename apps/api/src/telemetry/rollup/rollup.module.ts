import { Inject, Module } from '@nestjs/common';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { Partitions } from './partitions.service.ts';
import { RollupService } from './rollup.service.ts';

const ROLL_UP_EVERY_MS = 5 * 60_000;
const PARTITIONS_EVERY_MS = 3_600_000;
const Nothing = z.object({});

@Module({ providers: [RollupService, Partitions], exports: [RollupService, Partitions] })
export class RollupModule {
  constructor(jobs: Jobs, rollup: RollupService, partitions: Partitions, @Inject(CLOCK) now: Clock) {
    jobs.define({
      name: 'roll-up',
      payload: Nothing,
      everyMs: ROLL_UP_EVERY_MS,
      handle: async () => {
        await rollup.run(now());
      },
    });
    jobs.define({
      name: 'partitions',
      payload: Nothing,
      everyMs: PARTITIONS_EVERY_MS,
      handle: async () => {
        await partitions.ensure();
        await partitions.dropOld();
      },
    });
  }
}
