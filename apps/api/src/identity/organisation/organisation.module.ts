import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { OrganisationController } from './organisation.controller.ts';
import { OrganisationService } from './organisation.service.ts';

@Module({ imports: [AuditModule], controllers: [OrganisationController], providers: [OrganisationService] })
export class OrganisationModule {}
