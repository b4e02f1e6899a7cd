import { Module } from '@nestjs/common';
import { EffectiveService } from './effective.service.ts';
import { EntryRepository } from './entry.repository.ts';
import { GatewayFactsRepository } from './gateway-facts.repository.ts';
import { LayersController } from './layers.controller.ts';

@Module({
  controllers: [LayersController],
  providers: [EffectiveService, EntryRepository, GatewayFactsRepository],
  exports: [EffectiveService, EntryRepository, GatewayFactsRepository],
})
export class EntriesModule {}
