import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { DriftService } from './drift.service.ts';
import { RunningService } from './running.service.ts';

@Controller()
export class RunningController {
  constructor(
    private readonly service: RunningService,
    private readonly drifts: DriftService,
  ) {}

  @Implements(endpoints.listRunningConfigs)
  async list(@Call() { caller, params, query }: CallOf<typeof endpoints.listRunningConfigs>) {
    const { rows, total } = await this.service.list(caller.scope, params.gatewayId, {
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ lastReadAt, id }) => [lastReadAt, id]), total };
  }

  @Implements(endpoints.getRunningConfig)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getRunningConfig>) {
    return this.service.masked(caller.scope, params.configId);
  }

  @Implements(endpoints.revealRunningConfig)
  reveal(@Call() call: CallOf<typeof endpoints.revealRunningConfig>) {
    return this.service.reveal(call, call.params.configId, call.body.reason);
  }

  @Implements(endpoints.compareRunningConfigs)
  async compare(@Call() { caller, params, query }: CallOf<typeof endpoints.compareRunningConfigs>) {
    return { keys: await this.service.compare(caller.scope, params.configId, query.since) };
  }

  @Implements(endpoints.listConfigDrifts)
  async listDrifts(@Call() { caller, query }: CallOf<typeof endpoints.listConfigDrifts>) {
    const { rows, total } = await this.drifts.list(caller.scope, {
      states: query.state ?? null,
      gatewayId: query.gatewayId ?? null,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ foundAt, id }) => [foundAt, id]), total };
  }

  @Implements(endpoints.decideConfigDrift)
  decide(@Call() call: CallOf<typeof endpoints.decideConfigDrift>) {
    return this.drifts.decide(call, call.params.driftId, call.body);
  }
}
