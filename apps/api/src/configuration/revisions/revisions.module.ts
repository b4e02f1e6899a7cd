import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { DraftsModule } from '../drafts/index.ts';
import { EntriesModule } from '../entries/index.ts';
import { ReviewModule } from '../review/index.ts';
import { SetupModule } from '../setup/index.ts';
import { ChangesRepository } from './changes.repository.ts';
import { FormerState } from './former-state.ts';
import { PublishService } from './publish.service.ts';
import { RevisionController } from './revision.controller.ts';
import { RevisionRepository } from './revision.repository.ts';
import { RevisionService } from './revision.service.ts';

@Module({
  imports: [AuditModule, DraftsModule, EntriesModule, ReviewModule, SetupModule],
  controllers: [RevisionController],
  providers: [ChangesRepository, FormerState, PublishService, RevisionRepository, RevisionService],
  exports: [ChangesRepository, RevisionRepository],
})
export class RevisionsModule {}
