import { Module } from '@nestjs/common';
import { DraftsModule } from '../drafts/index.ts';
import { EntriesModule } from '../entries/index.ts';
import { DirectoryRepository } from './directory.repository.ts';
import { DocumentController } from './document.controller.ts';
import { DocumentService } from './document.service.ts';

@Module({
  imports: [DraftsModule, EntriesModule],
  controllers: [DocumentController],
  providers: [DirectoryRepository, DocumentService],
})
export class DocumentModule {}
