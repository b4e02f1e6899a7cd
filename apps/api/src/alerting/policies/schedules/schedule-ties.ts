import { Injectable } from '@nestjs/common';
import { layersWithout } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import type { AuditEntry, By } from '../../../identity/audit/index.ts';
import { PersonTies, type PersonTie, type TieKeeper } from '../../../identity/people/index.ts';
import { ScheduleRepository, type StoredSchedule } from './schedule.repository.ts';

/** On-call schedules in which a person takes turns or stands in. */
@Injectable()
export class ScheduleTies implements TieKeeper {
  constructor(
    ties: PersonTies,
    private readonly schedules: ScheduleRepository,
  ) {
    ties.register(this);
  }

  async ties(sql: Sql, operatorId: string, userId: string, now: number): Promise<PersonTie[]> {
    const schedules = await this.schedules.all(sql, operatorId, new Date(now));
    return schedules.flatMap((schedule) => [
      ...(takesTurns(schedule, userId)
        ? [{ kind: 'schedule' as const, id: schedule.id, name: schedule.name, empty: isEmptyWithout(schedule, userId) }]
        : []),
      ...schedule.overrides
        .filter((override) => override.userId === userId)
        .map(({ id }) => ({ kind: 'override' as const, id, name: schedule.name, empty: false })),
    ]);
  }

  async untie(sql: Sql, { caller }: By, userId: string, now: number): Promise<AuditEntry[]> {
    const { operatorId } = caller;
    const at = new Date(now);
    const entries: AuditEntry[] = [];
    for (const schedule of await this.schedules.all(sql, operatorId, at)) {
      for (const { id } of schedule.overrides.filter((override) => override.userId === userId)) {
        await this.schedules.removeOverride(sql, operatorId, schedule.id, id);
        const change = { schedule: schedule.name, userId };
        entries.push({ verb: 'delete', subjectType: 'schedule-override', subjectId: id, change });
      }
      if (!takesTurns(schedule, userId)) continue;
      const { name, timeZone } = schedule;
      const layers = layersWithout(schedule.layers, userId);
      await this.schedules.update(sql, operatorId, schedule.id, { name, timeZone, layers }, at);
      const before = { layers: schedule.layers };
      entries.push({
        verb: 'update',
        subjectType: 'schedule',
        subjectId: schedule.id,
        change: { name, layers },
        before,
      });
    }
    return entries;
  }
}

const takesTurns = ({ layers }: StoredSchedule, userId: string): boolean =>
  layers.some(({ userIds }) => userIds.includes(userId));

const isEmptyWithout = ({ layers }: StoredSchedule, userId: string): boolean =>
  layersWithout(layers, userId).length === 0;
