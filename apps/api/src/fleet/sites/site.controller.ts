import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { SiteService } from './site.service.ts';

@Controller()
export class SiteController {
  constructor(private readonly service: SiteService) {}

  @Implements(endpoints.createSite)
  create(@Call() call: CallOf<typeof endpoints.createSite>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.getSite)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getSite>) {
    return this.service.one(caller.scope, params.siteId);
  }

  @Implements(endpoints.updateSite)
  update(@Call() call: CallOf<typeof endpoints.updateSite>) {
    return this.service.update(call, call.params.siteId, call.body);
  }

  @Implements(endpoints.deleteSite)
  remove(@Call() call: CallOf<typeof endpoints.deleteSite>): Promise<void> {
    return this.service.remove(call, call.params.siteId);
  }
}
