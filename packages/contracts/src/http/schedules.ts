import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, timeZone } from './fields.ts';
import { LocalTime, name, Weekday } from './input-fields.ts';

export const ScheduleLayer = z.object({
  name,
  /** In order of rotation. */
  userIds: z.array(Id).min(1).max(100),
  /** First hand-over, local date and time; the rotation starts here. */
  startsOn: z.iso.date(),
  handOverAt: LocalTime,
  turn: z.enum(['day', 'week', 'two-weeks']),
  /** Limits the layer to these hours; null: all hours. Later layers override earlier ones. */
  only: z
    .object({ weekdays: z.array(Weekday).min(1).max(7), from: LocalTime, to: LocalTime })
    .nullable()
    .default(null),
});

export const ScheduleInput = z.object({ name, timeZone, layers: z.array(ScheduleLayer).min(1).max(10) });
export type ScheduleInput = z.infer<typeof ScheduleInput>;

export const ScheduleOverride = z.object({ id: Id, userId: Id, startsAt: Instant, endsAt: Instant });

export const Shift = z.object({
  from: Instant,
  to: Instant,
  /** Null: a gap, no one is on call. */
  userId: Id.nullable(),
  name: z.string().nullable(),
  override: z.boolean(),
});

export const Schedule = ScheduleInput.extend({
  id: Id,
  layers: z.array(ScheduleLayer).max(10).describe('None where the last person left: nobody is on call'),
  overrides: z.array(ScheduleOverride),
  onCallNow: z.object({ id: Id, name: z.string(), until: Instant.nullable() }).nullable(),
}).meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof Schedule>;

const schedule = z.object({ scheduleId: Id });

export const scheduleEndpoints = {
  listSchedules: endpoint({
    id: 'listSchedules',
    method: 'GET',
    path: '/api/v1/schedules',
    permission: 'schedules.read',
    summary: 'List on-call schedules with who is on call',
    response: z.object({ items: z.array(Schedule) }),
  }),
  createSchedule: endpoint({
    id: 'createSchedule',
    method: 'POST',
    path: '/api/v1/schedules',
    permission: 'schedules.write',
    summary: 'Create an on-call schedule',
    body: ScheduleInput,
    response: Schedule,
    status: 201,
  }),
  updateSchedule: endpoint({
    id: 'updateSchedule',
    method: 'PUT',
    path: '/api/v1/schedules/:scheduleId',
    permission: 'schedules.write',
    summary: 'Update an on-call schedule',
    params: schedule,
    body: ScheduleInput,
    response: Schedule,
  }),
  deleteSchedule: endpoint({
    id: 'deleteSchedule',
    method: 'DELETE',
    path: '/api/v1/schedules/:scheduleId',
    permission: 'schedules.delete',
    summary: 'Delete an on-call schedule; refused while a policy uses it',
    params: schedule,
  }),
  getShifts: endpoint({
    id: 'getShifts',
    method: 'GET',
    path: '/api/v1/schedules/:scheduleId/shifts',
    permission: 'schedules.read',
    summary: 'List shifts of an on-call schedule, gaps included',
    params: schedule,
    query: z.object({ from: Instant, to: Instant }),
    response: z.object({ items: z.array(Shift) }),
  }),
  createScheduleOverride: endpoint({
    id: 'createScheduleOverride',
    method: 'POST',
    path: '/api/v1/schedules/:scheduleId/overrides',
    permission: 'schedules.override',
    summary: 'Create a schedule override',
    params: schedule,
    body: z.object({ userId: Id, startsAt: Instant, endsAt: Instant }),
    response: Schedule,
    status: 201,
  }),
  deleteScheduleOverride: endpoint({
    id: 'deleteScheduleOverride',
    method: 'DELETE',
    path: '/api/v1/schedules/:scheduleId/overrides/:overrideId',
    permission: 'schedules.override',
    summary: 'Delete a schedule override',
    params: z.object({ scheduleId: Id, overrideId: Id }),
  }),
} as const;
