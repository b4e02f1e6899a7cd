import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { OverviewRepository } from './overview.repository.ts';
import { wrongThings } from './wrong.ts';

const WRONG_MAX = 100;

@Controller()
export class OverviewController {
  constructor(
    private readonly fleet: OverviewRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.getOverview)
  async get(@Call() { caller }: CallOf<typeof endpoints.getOverview>) {
    const now = new Date(this.now());
    const { totals, troubled, distrusted } = await this.fleet.read(caller.operatorId, now);
    return { at: now.toISOString(), ...totals, wrong: wrongThings(troubled, distrusted, WRONG_MAX) };
  }
}
