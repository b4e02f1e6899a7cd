import { CONDITION_KINDS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity } from './alerting-incidents.ts';
import { endpoint } from './endpoint.ts';
import { list, paging } from './list.ts';
import { Id, Instant, timeZone } from './resources.ts';

const name = z.string().trim().min(1).max(120);
const reason = z.string().trim().min(1).max(500);
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a local time such as 08:30' });
/** ISO 8601: Monday is 1, Sunday is 7. */
const Weekday = z.int().min(1).max(7);

// ── Policies

export const PolicyMatch = z.object({
  severities: z.array(AlertSeverity).min(1).optional(),
  kinds: z.array(z.enum(CONDITION_KINDS)).min(1).optional(),
  customerIds: z.array(Id).min(1).max(500).optional(),
  siteIds: z.array(Id).min(1).max(500).optional(),
  lineDeviceClasses: z.array(z.enum(LINE_DEVICE_CLASSES)).min(1).optional(),
});
/**
 * Who is told: every channel there is (webhooks hear of everything anyway), one channel, or by e-mail whoever is on
 * call or one person.
 */
export const PolicyTarget = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all-channels') }),
  z.object({ type: z.literal('channel'), channelId: Id }),
  z.object({ type: z.literal('schedule'), scheduleId: Id }),
  z.object({ type: z.literal('person'), userId: Id }),
]);
export type PolicyTarget = z.infer<typeof PolicyTarget>;
export const PolicyStep = z.object({
  /** Minutes after the step before (the first: after the announcement). */
  waitMinutes: z.int().min(0).max(10_080),
  targets: z.array(PolicyTarget).min(1).max(20),
});
export const QuietHours = z.object({
  timeZone,
  from: LocalTime,
  to: LocalTime,
  weekdays: z.array(Weekday).min(1).max(7),
  /** What waits until the quiet hours are over. */
  severities: z.array(AlertSeverity).min(1),
});
export const Digest = z.object({
  timeZone,
  at: LocalTime,
  weekdays: z.array(Weekday).min(1).max(7),
  /** What is only told in the digest. */
  severities: z.array(AlertSeverity).min(1),
  targets: z.array(PolicyTarget).min(1).max(20),
});
export const PolicyInput = z.object({
  name,
  isDefault: z.boolean().default(false),
  match: PolicyMatch.default({}),
  steps: z.array(PolicyStep).min(1).max(20),
  repeat: z
    .object({ times: z.int().min(0).max(20), everyMinutes: z.int().min(1).max(10_080) })
    .default({ times: 0, everyMinutes: 30 }),
  quietHours: QuietHours.nullable().default(null),
  digest: Digest.nullable().default(null),
});
export type PolicyInput = z.infer<typeof PolicyInput>;

/** Whom a policy reaches in the next seven days. */
export const Reach = z.object({
  ok: z.boolean(),
  /** Plain sentences: what is wrong with it, worst first. */
  problems: z.array(
    z.object({
      code: z.enum(['nobody', 'channel-disabled', 'schedule-empty', 'schedule-gap', 'person-gone', 'no-mail-channel']),
      text: z.string(),
      at: Instant.nullable(),
    }),
  ),
});
export const Policy = PolicyInput.extend({ id: Id, ordinal: z.int(), reach: Reach }).meta({ id: 'Policy' });
export type Policy = z.infer<typeof Policy>;

// ── On call

export const ScheduleLayer = z.object({
  name,
  /** In the order of their turns. */
  userIds: z.array(Id).min(1).max(100),
  /** First hand-over, local date and time; turns count from here. */
  startsOn: z.iso.date(),
  handOverAt: LocalTime,
  turn: z.enum(['day', 'week', 'two-weeks']),
  /** Only at these hours; null: always. Layers further down win where they are on. */
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
  /** Null: a gap, nobody. */
  userId: Id.nullable(),
  name: z.string().nullable(),
  override: z.boolean(),
});
export const Schedule = ScheduleInput.extend({
  id: Id,
  overrides: z.array(ScheduleOverride),
  onCallNow: z.object({ id: Id, name: z.string(), until: Instant.nullable() }).nullable(),
}).meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof Schedule>;

// ── Maintenance and silences

export const Recurrence = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), until: z.iso.date().nullable().default(null) }),
  z.object({
    every: z.literal('week'),
    weekdays: z.array(Weekday).min(1).max(7),
    until: z.iso.date().nullable().default(null),
  }),
  z.object({
    every: z.literal('month'),
    /** A day of the month, or the nth (-1: last) weekday. */
    on: z.union([
      z.object({ day: z.int().min(1).max(31) }),
      z.object({ nth: z.union([z.literal(-1), z.int().min(1).max(4)]), weekday: Weekday }),
    ]),
    until: z.iso.date().nullable().default(null),
  }),
]);
export type Recurrence = z.infer<typeof Recurrence>;
export const MaintenanceInput = z.object({
  title: name,
  reason,
  scope: z.enum(['customer', 'site', 'gateway']),
  scopeId: Id,
  timeZone,
  /** Local wall time in `timeZone`, so that a weekly window stays at its hour over summer time. */
  startsOn: z.iso.date(),
  startsAt: LocalTime,
  durationMinutes: z.int().min(1).max(44_640),
  recurrence: Recurrence.nullable().default(null),
});
export type MaintenanceInput = z.infer<typeof MaintenanceInput>;
export const MaintenanceWindow = MaintenanceInput.extend({
  id: Id,
  scopeName: z.string(),
  state: z.enum(['active', 'planned', 'over']),
  /** The present occurrence, or the next. */
  next: z.object({ from: Instant, to: Instant }).nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
}).meta({ id: 'MaintenanceWindow' });
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>;

export const SilenceMatcher = z.object({
  kinds: z.array(z.enum(CONDITION_KINDS)).min(1).optional(),
  severities: z.array(AlertSeverity).min(1).optional(),
  lineDeviceClasses: z.array(z.enum(LINE_DEVICE_CLASSES)).min(1).optional(),
  customerId: Id.optional(),
  siteId: Id.optional(),
  gatewayId: Id.optional(),
  position: z.int().min(1).optional(),
});
export const SilenceInput = z.object({
  matcher: SilenceMatcher,
  reason,
  startsAt: Instant.optional(),
  endsAt: Instant.describe('At most 90 days from now'),
});
export type SilenceInput = z.infer<typeof SilenceInput>;
export const Silence = z
  .object({
    id: Id,
    matcher: SilenceMatcher,
    scopeName: z.string().describe('What it is about, in words'),
    reason: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    endedAt: Instant.nullable(),
    state: z.enum(['active', 'planned', 'over']),
    createdBy: z.string(),
    matching: z.int().describe('Open incidents it silences now'),
  })
  .meta({ id: 'Silence' });
export type Silence = z.infer<typeof Silence>;

// ── Thresholds

export const THRESHOLD_SCOPES = ['operator', 'customer', 'site', 'line-device-class', 'port'] as const;
export const ThresholdInput = z.object({
  kind: z.enum(CONDITION_KINDS),
  scope: z.enum(THRESHOLD_SCOPES),
  /** Id of the customer or site, the line device class, `<gatewayId>/<position>`; empty for the operator. */
  scopeId: z.string().max(120).default(''),
  parameters: z.record(z.string(), z.number()).default({}),
  /** Not watched at all in this scope. */
  off: z.boolean().default(false),
  reason,
});
export type ThresholdInput = z.infer<typeof ThresholdInput>;
export const ThresholdSetting = ThresholdInput.extend({
  id: Id,
  scopeName: z.string(),
  setBy: z.string(),
  setAt: Instant,
}).meta({ id: 'ThresholdSetting' });
export const ConditionView = z
  .object({
    kind: z.enum(CONDITION_KINDS),
    title: z.string(),
    means: z.string(),
    firstStep: z.string(),
    severity: AlertSeverity,
    subject: z.string(),
    withoutSource: z.string().nullable().describe('Why nothing can raise it yet; null where something can'),
    parameters: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        unit: z.string(),
        default: z.number(),
        min: z.number(),
        max: z.number(),
      }),
    ),
    settings: z.array(ThresholdSetting),
  })
  .meta({ id: 'Condition' });
export type ConditionView = z.infer<typeof ConditionView>;
/** What is in force for one subject, parameter by parameter. */
export const EffectiveThreshold = z.object({
  kind: z.enum(CONDITION_KINDS),
  off: z.boolean(),
  parameters: z.record(
    z.string(),
    z.object({
      value: z.number(),
      unit: z.string(),
      label: z.string(),
      scope: z.enum(['default', ...THRESHOLD_SCOPES]),
      scopeName: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

const policy = z.object({ policyId: Id });
const schedule = z.object({ scheduleId: Id });

export const policyEndpoints = {
  listPolicies: endpoint({
    id: 'listPolicies',
    method: 'GET',
    path: '/api/v1/policies',
    role: 'viewer',
    summary: 'Who is told of what, in the order they are asked; the first that matches takes an incident',
    response: z.object({ items: z.array(Policy) }),
  }),
  createPolicy: endpoint({
    id: 'createPolicy',
    method: 'POST',
    path: '/api/v1/policies',
    role: 'admin',
    summary: 'Add a policy; refused when it reaches nobody',
    body: PolicyInput,
    response: Policy,
    status: 201,
  }),
  getPolicy: endpoint({
    id: 'getPolicy',
    method: 'GET',
    path: '/api/v1/policies/:policyId',
    role: 'viewer',
    summary: 'One policy',
    params: policy,
    response: Policy,
  }),
  updatePolicy: endpoint({
    id: 'updatePolicy',
    method: 'PUT',
    path: '/api/v1/policies/:policyId',
    role: 'admin',
    summary: 'Change a policy; refused when it would reach nobody',
    params: policy,
    body: PolicyInput,
    response: Policy,
  }),
  orderPolicies: endpoint({
    id: 'orderPolicies',
    method: 'PUT',
    path: '/api/v1/policy-order',
    role: 'admin',
    summary: 'In which order policies are asked; the default stays last',
    body: z.object({ ids: z.array(Id).min(1).max(200) }),
    response: z.object({ items: z.array(Policy) }),
  }),
  deletePolicy: endpoint({
    id: 'deletePolicy',
    method: 'DELETE',
    path: '/api/v1/policies/:policyId',
    role: 'admin',
    summary: 'Remove a policy; the default stays',
    params: policy,
  }),

  listSchedules: endpoint({
    id: 'listSchedules',
    method: 'GET',
    path: '/api/v1/schedules',
    role: 'viewer',
    summary: 'On-call schedules and who is on call',
    response: z.object({ items: z.array(Schedule) }),
  }),
  createSchedule: endpoint({
    id: 'createSchedule',
    method: 'POST',
    path: '/api/v1/schedules',
    role: 'admin',
    summary: 'Add a schedule',
    body: ScheduleInput,
    response: Schedule,
    status: 201,
  }),
  updateSchedule: endpoint({
    id: 'updateSchedule',
    method: 'PUT',
    path: '/api/v1/schedules/:scheduleId',
    role: 'admin',
    summary: 'Change a schedule',
    params: schedule,
    body: ScheduleInput,
    response: Schedule,
  }),
  deleteSchedule: endpoint({
    id: 'deleteSchedule',
    method: 'DELETE',
    path: '/api/v1/schedules/:scheduleId',
    role: 'admin',
    summary: 'Remove a schedule; refused while a policy uses it',
    params: schedule,
  }),
  getShifts: endpoint({
    id: 'getShifts',
    method: 'GET',
    path: '/api/v1/schedules/:scheduleId/shifts',
    role: 'viewer',
    summary: 'Who is on call when, gaps included',
    params: schedule,
    query: z.object({ from: Instant, to: Instant }),
    response: z.object({ items: z.array(Shift) }),
  }),
  createScheduleOverride: endpoint({
    id: 'createScheduleOverride',
    method: 'POST',
    path: '/api/v1/schedules/:scheduleId/overrides',
    role: 'technician',
    summary: 'Somebody else takes over for a while',
    params: schedule,
    body: z.object({ userId: Id, startsAt: Instant, endsAt: Instant }),
    response: Schedule,
    status: 201,
  }),
  deleteScheduleOverride: endpoint({
    id: 'deleteScheduleOverride',
    method: 'DELETE',
    path: '/api/v1/schedules/:scheduleId/overrides/:overrideId',
    role: 'technician',
    summary: 'Take an override back',
    params: z.object({ scheduleId: Id, overrideId: Id }),
  }),

  listMaintenance: endpoint({
    id: 'listMaintenance',
    method: 'GET',
    path: '/api/v1/maintenance',
    role: 'viewer',
    summary: 'Maintenance windows',
    query: z.object({ state: z.enum(['active', 'planned', 'over']).optional(), ...paging }),
    response: list(MaintenanceWindow),
  }),
  getMaintenanceCalendar: endpoint({
    id: 'getMaintenanceCalendar',
    method: 'GET',
    path: '/api/v1/maintenance-calendar',
    role: 'viewer',
    summary: 'Occurrences of all windows in a range of at most 62 days',
    query: z.object({ from: Instant, to: Instant }),
    response: z.object({
      items: z.array(z.object({ windowId: Id, title: z.string(), scopeName: z.string(), from: Instant, to: Instant })),
    }),
  }),
  createMaintenance: endpoint({
    id: 'createMaintenance',
    method: 'POST',
    path: '/api/v1/maintenance',
    role: 'technician',
    summary: 'Plan a maintenance window: what goes wrong meanwhile is recorded and told to nobody',
    body: MaintenanceInput,
    response: MaintenanceWindow,
    status: 201,
  }),
  updateMaintenance: endpoint({
    id: 'updateMaintenance',
    method: 'PUT',
    path: '/api/v1/maintenance/:windowId',
    role: 'technician',
    summary: 'Change a window',
    params: z.object({ windowId: Id }),
    body: MaintenanceInput,
    response: MaintenanceWindow,
  }),
  endMaintenance: endpoint({
    id: 'endMaintenance',
    method: 'POST',
    path: '/api/v1/maintenance/:windowId/end',
    role: 'technician',
    summary: 'End the present occurrence now, or the whole series',
    params: z.object({ windowId: Id }),
    body: z.object({ series: z.boolean().default(false) }),
    response: MaintenanceWindow,
  }),

  listSilences: endpoint({
    id: 'listSilences',
    method: 'GET',
    path: '/api/v1/silences',
    role: 'viewer',
    summary: 'Silences',
    query: z.object({ state: z.enum(['active', 'planned', 'over']).optional(), ...paging }),
    response: list(Silence),
  }),
  createSilence: endpoint({
    id: 'createSilence',
    method: 'POST',
    path: '/api/v1/silences',
    role: 'technician',
    summary: 'Tell nobody of what matches, with a reason and an end',
    body: SilenceInput,
    response: Silence,
    status: 201,
  }),
  endSilence: endpoint({
    id: 'endSilence',
    method: 'POST',
    path: '/api/v1/silences/:silenceId/end',
    role: 'technician',
    summary: 'End a silence now',
    params: z.object({ silenceId: Id }),
    response: Silence,
  }),

  listConditions: endpoint({
    id: 'listConditions',
    method: 'GET',
    path: '/api/v1/conditions',
    role: 'viewer',
    summary: 'Everything that is watched, with its thresholds and what differs from the default',
    response: z.object({ items: z.array(ConditionView) }),
  }),
  getEffectiveThresholds: endpoint({
    id: 'getEffectiveThresholds',
    method: 'GET',
    path: '/api/v1/thresholds/effective',
    role: 'viewer',
    summary: 'What is in force for a port, gateway or site, and why',
    query: z.object({
      siteId: Id.optional(),
      gatewayId: Id.optional(),
      position: z.coerce.number().int().min(1).optional(),
    }),
    response: z.object({ items: z.array(EffectiveThreshold) }),
  }),
  setThreshold: endpoint({
    id: 'setThreshold',
    method: 'PUT',
    path: '/api/v1/thresholds',
    role: 'technician',
    summary: 'Set thresholds of a kind in a scope, with the reason',
    body: ThresholdInput,
    response: ConditionView,
  }),
  resetThreshold: endpoint({
    id: 'resetThreshold',
    method: 'DELETE',
    path: '/api/v1/thresholds/:settingId',
    role: 'technician',
    summary: 'Back to what the wider scope says',
    params: z.object({ settingId: Id }),
  }),
} as const;
