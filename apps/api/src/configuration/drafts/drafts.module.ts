import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { EntriesModule } from '../entries/index.ts';
import { BringInService } from './bring-in.service.ts';
import { DraftController } from './draft.controller.ts';
import { DraftRepository } from './draft.repository.ts';
import { DraftService } from './draft.service.ts';
import { EditRepository } from './edit.repository.ts';

@Module({
  imports: [AuditModule, EntriesModule],
  controllers: [DraftController],
  providers: [BringInService, DraftRepository, DraftService, EditRepository],
  exports: [BringInService, DraftRepository, EditRepository],
})
export class DraftsModule {}
