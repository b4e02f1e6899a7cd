import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySummary } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { found } from '../../core/http/problem-error.ts';
import { GatewayRepository } from './gateway.repository.ts';
import type { Scope } from '../../core/db/scope.ts';

/** One gateway as lists show it, retired or not. */
@Injectable()
export class GatewayReader {
  constructor(
    private readonly gateways: GatewayRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(scope: Scope, id: string, now = new Date(this.now())): Promise<GatewaySummary> {
    const { rows } = await this.gateways.list(scope, now, { id, search: null, after: null, limit: 1 });
    return found(rows[0]);
  }
}
