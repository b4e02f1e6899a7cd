import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { type PermissionName, PERMISSIONS, WHOLE_OPERATOR_ONLY } from '@loopstart/domain';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { RoleService } from './role.service.ts';

@Controller()
export class RoleController {
  constructor(private readonly service: RoleService) {}

  @Implements(endpoints.listRoles)
  async list(@Call() { caller }: CallOf<typeof endpoints.listRoles>) {
    const names = Object.keys(PERMISSIONS) as PermissionName[];
    return {
      items: await this.service.list(caller.scope),
      permissions: names.map((name) => ({
        name,
        meaning: PERMISSIONS[name],
        wholeOperatorOnly: WHOLE_OPERATOR_ONLY.has(name),
      })),
    };
  }

  @Implements(endpoints.createRole)
  create(@Call() call: CallOf<typeof endpoints.createRole>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.updateRole)
  update(@Call() call: CallOf<typeof endpoints.updateRole>) {
    return this.service.update(call, call.params.roleId, call.body);
  }

  @Implements(endpoints.listPublishedRoles)
  async published(@Call() { caller }: CallOf<typeof endpoints.listPublishedRoles>) {
    return { items: await this.service.published(caller.scope) };
  }

  @Implements(endpoints.copyPublishedRole)
  copy(@Call() call: CallOf<typeof endpoints.copyPublishedRole>) {
    return this.service.copy(call, call.params.publicationId, call.body.name);
  }

  @Implements(endpoints.deleteRole)
  remove(@Call() call: CallOf<typeof endpoints.deleteRole>) {
    return this.service.remove(call, call.params.roleId);
  }
}
