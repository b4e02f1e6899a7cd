import { Inject, Injectable } from '@nestjs/common';
import type { endpoints, Schedule, ScheduleInput } from '@loopstart/contracts';
import { shiftsBetween } from '@loopstart/domain';
import type { z } from 'zod';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { rangeOf, refused } from '../../../core/http/refuse.ts';
import { type By, Changes, former } from '../../../identity/audit/index.ts';
import { scheduleView, shiftView } from './schedule-view.ts';
import { ScheduleRepository } from './schedule.repository.ts';

type OverrideInput = z.output<typeof endpoints.createScheduleOverride.body>;

const SUBJECT = 'schedule';
const OVERRIDE = 'schedule-override';

/** On-call schedules and their overrides. */
@Injectable()
export class ScheduleService {
  constructor(
    private readonly schedules: ScheduleRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  all(scope: Scope): Promise<{ items: Schedule[] }> {
    const now = this.now();
    return this.db.tx(scope, async (sql) => {
      const people = await this.schedules.people(sql, scope.operatorId);
      const schedules = await this.schedules.all(sql, scope.operatorId, new Date(now));
      return { items: schedules.map((schedule) => scheduleView(schedule, people, now)) };
    });
  }

  shifts(scope: Scope, id: string, range: { from: string; to: string }) {
    const { from, to } = rangeOf(range);
    return this.db.tx(scope, async (sql) => {
      const schedule = found(await this.schedules.one(sql, scope.operatorId, id, new Date(from)));
      const people = await this.schedules.people(sql, scope.operatorId);
      return { items: shiftsBetween(schedule, from, to).map((shift) => shiftView(shift, people)) };
    });
  }

  create(by: By, input: ScheduleInput): Promise<Schedule> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      await this.#check(sql, operatorId, input);
      const id = await this.schedules.insert(sql, operatorId, input, new Date(this.now()));
      return {
        result: await this.#one(sql, operatorId, id),
        audit: { verb: 'create', subjectType: SUBJECT, subjectId: id, change: input },
      };
    });
  }

  update(by: By, id: string, input: ScheduleInput): Promise<Schedule> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const before = former(await this.#one(sql, operatorId, id), input);
      await this.#check(sql, operatorId, input);
      await this.schedules.update(sql, operatorId, id, input, new Date(this.now()));
      return {
        result: await this.#one(sql, operatorId, id),
        audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change: input, before },
      };
    });
  }

  remove(by: By, id: string): Promise<void> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const { name } = await this.#one(sql, operatorId, id);
      const policies = await this.schedules.usedBy(sql, operatorId, id);
      if (policies.length > 0)
        throw new ProblemError('in-use', { detail: `These policies tell whoever is on call: ${policies.join(', ')}.` });
      await this.schedules.remove(sql, operatorId, id);
      return { result: undefined, audit: { verb: 'delete', subjectType: SUBJECT, subjectId: id, change: { name } } };
    });
  }

  createOverride(by: By, scheduleId: string, input: OverrideInput): Promise<Schedule> {
    const { operatorId } = by.caller;
    const { userId } = input;
    const startsAt = new Date(input.startsAt);
    const endsAt = new Date(input.endsAt);
    if (endsAt <= startsAt) throw refused('body.endsAt', 'later than startsAt');
    if (endsAt.getTime() <= this.now()) throw refused('body.endsAt', 'later than now');
    return this.changes.make(by, async (sql) => {
      await this.#one(sql, operatorId, scheduleId);
      const people = await this.schedules.people(sql, operatorId);
      if (!people.has(userId))
        throw new ProblemError('not-found', { fields: [{ path: 'body.userId', expected: 'a person of yours' }] });
      const id = await this.schedules.insertOverride(sql, operatorId, scheduleId, { userId, startsAt, endsAt });
      return {
        result: await this.#one(sql, operatorId, scheduleId),
        audit: { verb: 'create', subjectType: OVERRIDE, subjectId: id, change: { scheduleId, ...input } },
      };
    });
  }

  removeOverride(by: By, scheduleId: string, overrideId: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      if (!(await this.schedules.removeOverride(sql, by.caller.operatorId, scheduleId, overrideId)))
        throw new ProblemError('not-found');
      return {
        result: undefined,
        audit: { verb: 'delete', subjectType: OVERRIDE, subjectId: overrideId, change: { scheduleId } },
      };
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
