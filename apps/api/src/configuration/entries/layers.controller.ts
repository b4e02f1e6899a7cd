import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { EffectiveService } from './effective.service.ts';
import { placeOfQuery } from './place-of-query.ts';

@Controller()
export class LayersController {
  constructor(private readonly service: EffectiveService) {}

  @Implements(endpoints.listConfigEntries)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listConfigEntries>) {
    return { items: await this.service.list(caller.scope, placeOfQuery(query)) };
  }

  @Implements(endpoints.getEffectiveConfig)
  effective(@Call() { caller, params, query }: CallOf<typeof endpoints.getEffectiveConfig>) {
    return this.service.effective(caller.scope, params.gatewayId, query);
  }
}
