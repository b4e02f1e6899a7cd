import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { OrganisationService } from './organisation.service.ts';

@Controller()
export class OrganisationController {
  constructor(private readonly service: OrganisationService) {}

  @Implements(endpoints.getOrganisation)
  get(@Call() { caller }: CallOf<typeof endpoints.getOrganisation>) {
    return this.service.get(caller);
  }

  @Implements(endpoints.updateOrganisation)
  update(@Call() call: CallOf<typeof endpoints.updateOrganisation>) {
    return this.service.rename(call, call.body.name);
  }
}
