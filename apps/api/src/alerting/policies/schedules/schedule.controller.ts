import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { ScheduleService } from './schedule.service.ts';

@Controller()
export class ScheduleController {
  constructor(private readonly service: ScheduleService) {}

  @Implements(endpoints.listSchedules)
  list(@Call() { caller }: CallOf<typeof endpoints.listSchedules>) {
    return this.service.all(caller.scope);
  }

  @Implements(endpoints.createSchedule)
  create(@Call() call: CallOf<typeof endpoints.createSchedule>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.updateSchedule)
  update(@Call() call: CallOf<typeof endpoints.updateSchedule>) {
    return this.service.update(call, call.params.scheduleId, call.body);
  }

  @Implements(endpoints.deleteSchedule)
  remove(@Call() call: CallOf<typeof endpoints.deleteSchedule>) {
    return this.service.remove(call, call.params.scheduleId);
  }

  @Implements(endpoints.getShifts)
  shifts(@Call() { caller, params, query }: CallOf<typeof endpoints.getShifts>) {
    return this.service.shifts(caller.scope, params.scheduleId, query);
  }

  @Implements(endpoints.createScheduleOverride)
  createOverride(@Call() call: CallOf<typeof endpoints.createScheduleOverride>) {
    return this.service.createOverride(call, call.params.scheduleId, call.body);
  }

  @Implements(endpoints.deleteScheduleOverride)
  removeOverride(@Call() call: CallOf<typeof endpoints.deleteScheduleOverride>) {
    return this.service.removeOverride(call, call.params.scheduleId, call.params.overrideId);
  }
}
