import { Controller, UseFilters, UseGuards } from '@nestjs/common';
import { SCIM_PATH, ScimUserBody } from '@loopstart/contracts';
import { DirectoryUsers } from './user.service.ts';
import { ScimResourceController } from './resource.controller.ts';
import { ScimErrorFilter } from './scim-error.filter.ts';
import { ScimGuard } from './scim.guard.ts';

@Controller(`${SCIM_PATH}/Users`)
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimUserController extends ScimResourceController {
  constructor(users: DirectoryUsers) {
    super(users, ScimUserBody);
  }
}
