import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySummary } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { GatewayRepository } from './gateway.repository.ts';
import type { Scope } from '../../core/db/scope.ts';

/** One gateway as lists show it, retired or not. */
@Injectable()
export class GatewayReader {
  constructor(
    private readonly db: Database,
    private readonly gateways: GatewayRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(scope: Scope, id: string, now = new Date(this.now())): Promise<GatewaySummary> {
    const [summary] = await this.db.tx(scope, (sql) => this.gateways.summaries(sql, now, [id]));
    return found(summary);
  }
}
