import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditModule } from '../audit/index.ts';
import { PeopleModule } from '../people/index.ts';
import { LibraryController } from './library.controller.ts';
import { LibraryRepository } from './library.repository.ts';
import { LibraryService } from './library.service.ts';
import { OperatorActs } from './operator-acts.ts';
import { OperatorDeletionService } from './operator-deletion.service.ts';
import { ProviderController } from './provider.controller.ts';
import { ProviderHeads } from './provider-heads.service.ts';
import { ProviderRepository } from './provider.repository.ts';
import { ProviderService } from './provider.service.ts';

@Module({
  imports: [AuditModule, PeopleModule],
  controllers: [ProviderController, LibraryController],
  providers: [
    ProviderHeads,
    ProviderRepository,
    ProviderService,
    LibraryRepository,
    LibraryService,
    OperatorActs,
    OperatorDeletionService,
  ],
})
export class ProviderModule {
  constructor(jobs: Jobs, heads: ProviderHeads) {
    jobs.define({
      name: 'sign-provider-head',
      payload: z.object({}),
      everyMs: 3_600_000,
      handle: async () => {
        await heads.signDaily();
      },
    });
  }
}
