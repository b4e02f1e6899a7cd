import { Injectable } from '@nestjs/common';
import type { GatewaySummary } from '@loopstart/contracts';
import { found } from '../../core/http/problem-error.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { GatewayReader } from './gateway-reader.ts';
import { GatewayRepository } from './gateway.repository.ts';

/** Changes of what people say about a gateway, each audited. */
@Injectable()
export class GatewayService {
  constructor(
    private readonly gateways: GatewayRepository,
    private readonly reader: GatewayReader,
    private readonly changes: Changes,
  ) {}

  async rename(by: By, gatewayId: string, change: { name: string }): Promise<GatewaySummary> {
    await this.changes.make(by, async (sql) => {
      const { siteId, before } = found(await this.gateways.rename(sql, gatewayId, change.name));
      return {
        result: undefined,
        audit: { verb: 'update', subjectType: 'gateway', subjectId: gatewayId, change, before: { name: before } },
        live: [{ type: 'inventory', gatewayId, siteId }],
      };
    });
    return this.reader.one(by.caller.scope, gatewayId);
  }
}
