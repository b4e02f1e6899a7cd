import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { MaintenanceService } from './maintenance.service.ts';

@Controller()
export class MaintenanceController {
  constructor(private readonly service: MaintenanceService) {}

  @Implements(endpoints.listMaintenance)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listMaintenance>) {
    const after = decodeCursor(query.cursor, ['instant', 'uuid']);
    // The state of a window depends on its calendar, which SQL does not know.
    const all = await this.service.all(caller.scope);
    const matching = all.filter(({ state }) => query.state === undefined || state === query.state);
    const rest = matching.filter(
      ({ createdAt, id }) =>
        after === null || createdAt < String(after[0]) || (createdAt === after[0] && id > String(after[1])),
    );
    return { ...page(rest, query.limit, ({ createdAt, id }) => [createdAt, id]), total: matching.length };
  }

  @Implements(endpoints.getMaintenanceCalendar)
  calendar(@Call() { caller, query }: CallOf<typeof endpoints.getMaintenanceCalendar>) {
    return this.service.calendar(caller.scope, query);
  }

  @Implements(endpoints.createMaintenance)
  create(@Call() call: CallOf<typeof endpoints.createMaintenance>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.updateMaintenance)
  update(@Call() call: CallOf<typeof endpoints.updateMaintenance>) {
    return this.service.update(call, call.params.windowId, call.body);
  }

  @Implements(endpoints.endMaintenance)
  end(@Call() call: CallOf<typeof endpoints.endMaintenance>) {
    return this.service.end(call, call.params.windowId, call.body);
  }
}
