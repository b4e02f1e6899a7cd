import { Module } from '@nestjs/common';
import { DraftsModule } from '../drafts/index.ts';
import { EntriesModule } from '../entries/index.ts';
import { RunningModule } from '../running/index.ts';
import { GatewayLayersReader } from './gateway-layers.ts';
import { ImportController } from './import.controller.ts';
import { ImportService } from './import.service.ts';
import { Sources } from './source.ts';

@Module({
  imports: [DraftsModule, EntriesModule, RunningModule],
  controllers: [ImportController],
  providers: [GatewayLayersReader, ImportService, Sources],
})
export class ImportsModule {}
