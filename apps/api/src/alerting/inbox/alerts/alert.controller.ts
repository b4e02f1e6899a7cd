import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, likePattern, page } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { AlertQueries } from './alert.queries.ts';

@Controller()
export class AlertController {
  constructor(private readonly alerts: AlertQueries) {}

  @Implements(endpoints.listAlerts)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listAlerts>) {
    const { q, cursor, limit, ...filter } = query;
    const after = decodeCursor(cursor, ['instant', 'uuid']);
    const { rows, total } = await this.alerts.page(
      caller.scope,
      { ...filter, search: likePattern(q) },
      { after, limit: limit + 1 },
    );
    return { ...page(rows, limit, (row) => [row.openedAt, row.id]), total };
  }
}
