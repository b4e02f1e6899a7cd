import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { SiteTagsService } from './site-tags.service.ts';

@Controller()
export class SiteTagsController {
  constructor(private readonly service: SiteTagsService) {}

  @Implements(endpoints.setSiteTags)
  set(@Call() call: CallOf<typeof endpoints.setSiteTags>) {
    return this.service.set(call, call.params.siteId, call.body.tags);
  }

  @Implements(endpoints.getSiteTagEffects)
  effects(@Call() { caller, params, query }: CallOf<typeof endpoints.getSiteTagEffects>) {
    return this.service.effects(caller, params.siteId, query.tag ?? []);
  }
}
