import { CONDITION_KINDS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity } from './alert-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant, timeZone } from './fields.ts';
import { LocalTime, name, Weekday } from './input-fields.ts';
import { Ownership } from './ownership.ts';

export const PolicyMatch = z.object({
  severities: z.array(AlertSeverity).min(1).optional(),
  kinds: z.array(z.enum(CONDITION_KINDS)).min(1).optional(),
  customerIds: z.array(Id).min(1).max(500).optional(),
  siteIds: z.array(Id).min(1).max(500).optional(),
  lineDeviceClasses: z.array(z.enum(LINE_DEVICE_CLASSES)).min(1).optional(),
});

/** Who is notified: all channels, one channel, or by e-mail the person on call or one person. */
export const PolicyTarget = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all-channels') }),
  z.object({ type: z.literal('channel'), channelId: Id }),
  z.object({ type: z.literal('schedule'), scheduleId: Id }),
  z.object({ type: z.literal('person'), userId: Id }),
]);
export type PolicyTarget = z.infer<typeof PolicyTarget>;

export const PolicyStep = z.object({
  /** Minutes after the previous step; for the first step, after the announcement. */
  waitMinutes: z.int().min(0).max(10_080),
  targets: z.array(PolicyTarget).min(1).max(20),
});

export const QuietHours = z.object({
  timeZone,
  from: LocalTime,
  to: LocalTime,
  weekdays: z.array(Weekday).min(1).max(7),
  /** Severities that wait until the quiet hours end. */
  severities: z.array(AlertSeverity).min(1),
});

export const Digest = z.object({
  timeZone,
  at: LocalTime,
  weekdays: z.array(Weekday).min(1).max(7),
  /** Severities that are sent in the digest only. */
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
  /** Problems of the policy in plain sentences, worst first. */
  problems: z.array(
    z.object({
      code: z.enum(['nobody', 'channel-disabled', 'schedule-empty', 'schedule-gap', 'person-gone', 'no-mail-channel']),
      text: z.string(),
      at: Instant.nullable(),
    }),
  ),
});

export const Policy = PolicyInput.extend({ id: Id, ordinal: z.int(), reach: Reach, ...Ownership.shape }).meta({
  id: 'Policy',
});
export type Policy = z.infer<typeof Policy>;

const policy = z.object({ policyId: Id });

export const policyEndpoints = {
  listPolicies: endpoint({
    id: 'listPolicies',
    method: 'GET',
    path: '/api/v1/policies',
    permission: 'policies.read',
    summary: 'List notification policies in order; the first that matches takes the incident',
    response: z.object({ items: z.array(Policy) }),
  }),
  createPolicy: endpoint({
    id: 'createPolicy',
    method: 'POST',
    path: '/api/v1/policies',
    permission: 'policies.write',
    summary: 'Create a notification policy; refused when it reaches nobody',
    body: PolicyInput,
    response: Policy,
    status: 201,
  }),
  getPolicy: endpoint({
    id: 'getPolicy',
    method: 'GET',
    path: '/api/v1/policies/:policyId',
    permission: 'policies.read',
    summary: 'Get a notification policy',
    params: policy,
    response: Policy,
  }),
  updatePolicy: endpoint({
    id: 'updatePolicy',
    method: 'PUT',
    path: '/api/v1/policies/:policyId',
    permission: 'policies.write',
    summary: 'Update a notification policy of your own; refused when it would reach nobody',
    params: policy,
    body: PolicyInput,
    response: Policy,
  }),
  orderPolicies: endpoint({
    id: 'orderPolicies',
    method: 'PUT',
    path: '/api/v1/policy-order',
    permission: 'policies.write',
    summary: 'Set the order of the own notification policies; locked ones come before, the default last',
    body: z.object({ ids: z.array(Id).min(1).max(200) }),
    response: z.object({ items: z.array(Policy) }),
  }),
  deletePolicy: endpoint({
    id: 'deletePolicy',
    method: 'DELETE',
    path: '/api/v1/policies/:policyId',
    permission: 'policies.delete',
    summary: 'Delete a notification policy; the default cannot be deleted',
    params: policy,
  }),
} as const;
