import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CONDITION_KINDS } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { conditionView, effectiveView } from './threshold-view.ts';
import { ThresholdRepository } from './threshold.repository.ts';
import { ThresholdService } from './threshold.service.ts';

@Controller()
export class ThresholdController {
  constructor(
    private readonly thresholds: ThresholdRepository,
    private readonly service: ThresholdService,
    private readonly db: Database,
    private readonly audit: AuditRepository,
  ) {}

  @Implements(endpoints.listConditions)
  async list(@Call() { caller }: CallOf<typeof endpoints.listConditions>) {
    const settings = await this.db.tx(caller.scope, (sql) => this.thresholds.all(sql, caller.operatorId));
    return { items: CONDITION_KINDS.map((kind) => conditionView(kind, settings)) };
  }

  @Implements(endpoints.getEffectiveThresholds)
  effective(@Call() { caller, query }: CallOf<typeof endpoints.getEffectiveThresholds>) {
    const { siteId, gatewayId, position } = query;
    if (position !== undefined && gatewayId === undefined) throw refused('query.gatewayId', 'the gateway of the line');
    return this.db.tx(caller.scope, async (sql) => {
      const isNowhere = siteId === undefined && gatewayId === undefined;
      const nowhere = { customerId: null, siteId: null, agentId: null, gatewayId: null };
      const place = isNowhere
        ? { ...nowhere, position: null, lineDeviceClass: null }
        : found(await this.thresholds.place(sql, query));
      return { items: effectiveView(place, await this.thresholds.all(sql, caller.operatorId)) };
    });
  }

  @Implements(endpoints.setThreshold)
  set(@Call() { caller, body, requestId }: CallOf<typeof endpoints.setThreshold>) {
    return this.db.tx(caller.scope, async (sql) => {
      const { id, view } = await this.service.set(sql, caller, body);
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'set', subjectType: 'threshold', subjectId: id, change: body },
      );
      return view;
    });
  }

  @Implements(endpoints.resetThreshold)
  async reset(@Call() { caller, params, requestId }: CallOf<typeof endpoints.resetThreshold>) {
    await this.db.tx(caller.scope, async (sql) => {
      const change = found(await this.thresholds.reset(sql, caller.operatorId, params.settingId));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'reset', subjectType: 'threshold', subjectId: params.settingId, change },
      );
    });
  }
}
