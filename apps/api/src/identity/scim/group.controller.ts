import { Controller, UseFilters, UseGuards } from '@nestjs/common';
import { SCIM_PATH, ScimGroupBody } from '@loopstart/contracts';
import { DirectoryGroups } from './group.service.ts';
import { ScimResourceController } from './resource.controller.ts';
import { ScimErrorFilter } from './scim-error.filter.ts';
import { ScimGuard } from './scim.guard.ts';

@Controller(`${SCIM_PATH}/Groups`)
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimGroupController extends ScimResourceController {
  constructor(groups: DirectoryGroups) {
    super(groups, ScimGroupBody);
  }
}
