import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { SiteController } from './site.controller.ts';
import { SiteRepository } from './site.repository.ts';
import { SiteService } from './site.service.ts';

@Module({ imports: [AuditModule], controllers: [SiteController], providers: [SiteRepository, SiteService] })
export class SitesModule {}
