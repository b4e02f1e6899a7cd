import { Module } from '@nestjs/common';
import { AuditModule } from '../../identity/audit/index.ts';
import { SiteListController } from './list/site-list.controller.ts';
import { SiteListRepository } from './list/site-list.repository.ts';
import { SiteController } from './site.controller.ts';
import { SiteRepository } from './site.repository.ts';
import { SiteService } from './site.service.ts';
import { SiteTagsController } from './tags/site-tags.controller.ts';
import { SiteTagsRepository } from './tags/site-tags.repository.ts';
import { SiteTagsService } from './tags/site-tags.service.ts';

@Module({
  imports: [AuditModule],
  // The list first: its paths are not ids of sites.
  controllers: [SiteListController, SiteController, SiteTagsController],
  providers: [SiteListRepository, SiteRepository, SiteService, SiteTagsRepository, SiteTagsService],
})
export class SitesModule {}
