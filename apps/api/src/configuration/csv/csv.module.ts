import { Module } from '@nestjs/common';
import { DraftsModule } from '../drafts/index.ts';
import { EntriesModule } from '../entries/index.ts';
import { CsvController } from './csv.controller.ts';
import { CsvService } from './csv.service.ts';
import { CsvGatewaysRepository } from './gateways.repository.ts';

@Module({
  imports: [DraftsModule, EntriesModule],
  controllers: [CsvController],
  providers: [CsvGatewaysRepository, CsvService],
})
export class CsvModule {}
