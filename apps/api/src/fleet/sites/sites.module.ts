import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { SiteListController } from './list/site-list.controller.ts';
import { SiteListRepository } from './list/site-list.repository.ts';
import { SiteController } from './site.controller.ts';
import { SiteRepository } from './site.repository.ts';
import { SiteService } from './site.service.ts';

@Module({
  imports: [AuditModule],
  // The list first: its paths are not ids of sites.
  controllers: [SiteListController, SiteController],
  providers: [SiteListRepository, SiteRepository, SiteService],
})
export class SitesModule {}
