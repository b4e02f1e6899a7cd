import { Controller, Inject } from '@nestjs/common';
import { endpoints, type Schedule, type ScheduleInput } from '@loopstart/contracts';
import { shiftsBetween } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { rangeOf, refused } from '../../../core/http/refuse.ts';
import { AuditRepository } from '../../../identity/audit/index.ts';
import { scheduleView, shiftView } from './schedule-view.ts';
import { ScheduleRepository } from './schedule.repository.ts';

@Controller()
export class ScheduleController {
  constructor(
    private readonly schedules: ScheduleRepository,
    private readonly db: Database,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listSchedules)
  list(@Call() { caller }: CallOf<typeof endpoints.listSchedules>) {
    const now = this.now();
    return this.db.tx(caller.scope, async (sql) => {
      const people = await this.schedules.people(sql, caller.operatorId);
      const schedules = await this.schedules.all(sql, caller.operatorId, new Date(now));
      return { items: schedules.map((schedule) => scheduleView(schedule, people, now)) };
    });
  }

  @Implements(endpoints.createSchedule)
  create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createSchedule>) {
    return this.db.tx(caller.scope, async (sql) => {
      await this.#check(sql, caller.operatorId, body);
      const id = await this.schedules.insert(sql, caller.operatorId, body, new Date(this.now()));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'create', subjectType: 'schedule', subjectId: id, change: body },
      );
      return this.#one(sql, caller.operatorId, id);
    });
  }

  @Implements(endpoints.updateSchedule)
  update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updateSchedule>) {
    return this.db.tx(caller.scope, async (sql) => {
      await this.#one(sql, caller.operatorId, params.scheduleId);
      await this.#check(sql, caller.operatorId, body);
      await this.schedules.update(sql, caller.operatorId, params.scheduleId, body, new Date(this.now()));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'update', subjectType: 'schedule', subjectId: params.scheduleId, change: body },
      );
      return this.#one(sql, caller.operatorId, params.scheduleId);
    });
  }

  @Implements(endpoints.deleteSchedule)
  async remove(@Call() { caller, params, requestId }: CallOf<typeof endpoints.deleteSchedule>) {
    await this.db.tx(caller.scope, async (sql) => {
      const { name } = await this.#one(sql, caller.operatorId, params.scheduleId);
      const policies = await this.schedules.usedBy(sql, caller.operatorId, params.scheduleId);
      if (policies.length > 0)
        throw new ProblemError('in-use', { detail: `These policies tell whoever is on call: ${policies.join(', ')}.` });
      await this.schedules.remove(sql, caller.operatorId, params.scheduleId);
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'delete', subjectType: 'schedule', subjectId: params.scheduleId, change: { name } },
      );
    });
  }

  @Implements(endpoints.getShifts)
  shifts(@Call() { caller, params, query }: CallOf<typeof endpoints.getShifts>) {
    const { from, to } = rangeOf(query);
    return this.db.tx(caller.scope, async (sql) => {
      const schedule = found(await this.schedules.one(sql, caller.operatorId, params.scheduleId, new Date(from)));
      const people = await this.schedules.people(sql, caller.operatorId);
      return { items: shiftsBetween(schedule, from, to).map((shift) => shiftView(shift, people)) };
    });
  }

  @Implements(endpoints.createScheduleOverride)
  createOverride(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.createScheduleOverride>) {
    const startsAt = new Date(body.startsAt);
    const endsAt = new Date(body.endsAt);
    if (endsAt <= startsAt) throw refused('body.endsAt', 'later than startsAt');
    if (endsAt.getTime() <= this.now()) throw refused('body.endsAt', 'later than now');
    return this.db.tx(caller.scope, async (sql) => {
      await this.#one(sql, caller.operatorId, params.scheduleId);
      const people = await this.schedules.people(sql, caller.operatorId);
      if (!people.has(body.userId))
        throw new ProblemError('not-found', { fields: [{ path: 'body.userId', expected: 'a person of yours' }] });
      const id = await this.schedules.insertOverride(sql, caller.operatorId, params.scheduleId, {
        userId: body.userId,
        startsAt,
        endsAt,
      });
      await this.audit.write(
        sql,
        { caller, requestId },
        {
          verb: 'create',
          subjectType: 'schedule-override',
          subjectId: id,
          change: { scheduleId: params.scheduleId, ...body },
        },
      );
      return this.#one(sql, caller.operatorId, params.scheduleId);
    });
  }

  @Implements(endpoints.deleteScheduleOverride)
  async removeOverride(@Call() { caller, params, requestId }: CallOf<typeof endpoints.deleteScheduleOverride>) {
    await this.db.tx(caller.scope, async (sql) => {
      const { scheduleId, overrideId } = params;
      if (!(await this.schedules.removeOverride(sql, caller.operatorId, scheduleId, overrideId)))
        throw new ProblemError('not-found');
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'delete', subjectType: 'schedule-override', subjectId: overrideId, change: { scheduleId } },
      );
    });
  }

  /** Throws on people that are not the operator's. */
  async #check(sql: Sql, operatorId: string, input: ScheduleInput): Promise<void> {
    const people = await this.schedules.people(sql, operatorId);
    const unknown = input.layers.flatMap(({ userIds }, layer) =>
      userIds.flatMap((id, index) =>
        people.has(id) ? [] : [{ path: `body.layers.${layer}.userIds.${index}`, expected: 'a person of yours' }],
      ),
    );
    if (unknown.length > 0) throw new ProblemError('not-found', { fields: unknown });
  }

  async #one(sql: Sql, operatorId: string, id: string): Promise<Schedule> {
    const now = this.now();
    const schedule = found(await this.schedules.one(sql, operatorId, id, new Date(now)));
    return scheduleView(schedule, await this.schedules.people(sql, operatorId), now);
  }
}
