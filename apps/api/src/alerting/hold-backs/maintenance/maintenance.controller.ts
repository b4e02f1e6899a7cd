import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { MaintenanceService } from './maintenance.service.ts';

@Controller()
export class MaintenanceController {
  constructor(private readonly service: MaintenanceService) {}

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
