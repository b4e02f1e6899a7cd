import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { DeployService } from './deploy.service.ts';
import { DeploymentService } from './deployment.service.ts';

@Controller()
export class DeploymentController {
  constructor(
    private readonly deployer: DeployService,
    private readonly service: DeploymentService,
  ) {}

  @Implements(endpoints.deployConfig)
  deploy(@Call() call: CallOf<typeof endpoints.deployConfig>) {
    return this.deployer.deploy(call, call.body);
  }

  @Implements(endpoints.listConfigDeployments)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listConfigDeployments>) {
    const { rows, total } = await this.service.list(caller.scope, {
      state: query.state ?? null,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ startedAt, id }) => [startedAt, id]), total };
  }

  @Implements(endpoints.getConfigDeployment)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getConfigDeployment>) {
    return this.service.get(caller.scope, params.deploymentId);
  }

  @Implements(endpoints.listConfigJobs)
  async jobs(@Call() { caller, query }: CallOf<typeof endpoints.listConfigJobs>) {
    const { rows, total } = await this.service.listJobs(caller.scope, {
      deploymentId: query.deploymentId ?? null,
      gatewayId: query.gatewayId ?? null,
      states: query.state ?? null,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ since, id }) => [since, id]), total };
  }

  @Implements(endpoints.cancelConfigDeployment)
  cancel(@Call() call: CallOf<typeof endpoints.cancelConfigDeployment>) {
    return this.deployer.cancel(call, call.params.deploymentId, call.body.reason);
  }
}
