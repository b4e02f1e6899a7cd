import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { PeopleModule } from '../people/index.ts';
import { LibraryController } from './library.controller.ts';
import { LibraryRepository } from './library.repository.ts';
import { LibraryService } from './library.service.ts';
import { OperatorActs } from './operator-acts.ts';
import { OperatorDeletionService } from './operator-deletion.service.ts';
import { ProviderController } from './provider.controller.ts';
import { ProviderRepository } from './provider.repository.ts';
import { ProviderService } from './provider.service.ts';

@Module({
  imports: [AuditModule, PeopleModule],
  controllers: [ProviderController, LibraryController],
  providers: [
    ProviderRepository,
    ProviderService,
    LibraryRepository,
    LibraryService,
    OperatorActs,
    OperatorDeletionService,
  ],
})
export class ProviderModule {}
