import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { PeopleModule } from '../people/index.ts';
import { ProviderController } from './provider.controller.ts';
import { ProviderRepository } from './provider.repository.ts';
import { ProviderService } from './provider.service.ts';

@Module({
  imports: [AuditModule, PeopleModule],
  controllers: [ProviderController],
  providers: [ProviderRepository, ProviderService],
})
export class ProviderModule {}
