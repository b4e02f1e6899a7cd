import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { OverviewRepository, TROUBLED_MAX } from './overview.repository.ts';
import { unexplainedThings } from './wrong.ts';

const THINGS_MAX = 100;

@Controller()
export class OverviewController {
  constructor(
    private readonly fleet: OverviewRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.getOverview)
  async get(@Call() { caller }: CallOf<typeof endpoints.getOverview>) {
    const now = new Date(this.now());
    const { totals, causes, causesTotal, troubled, distrusted, explained } = await this.fleet.read(caller.scope, now);
    const things = unexplainedThings(troubled, distrusted, explained);
    return {
      at: now.toISOString(),
      ...totals,
      causes,
      causesTotal,
      unexplained: {
        things: things.slice(0, THINGS_MAX),
        total: things.length,
        complete: troubled.length < TROUBLED_MAX && distrusted.length < TROUBLED_MAX,
      },
    };
  }
}
