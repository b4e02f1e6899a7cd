import { CONDITION_KINDS } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity } from './alert-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { reason } from './input-fields.ts';

export const THRESHOLD_SCOPES = ['operator', 'customer', 'site', 'line-device-class', 'port'] as const;

export const ThresholdInput = z.object({
  kind: z.enum(CONDITION_KINDS),
  scope: z.enum(THRESHOLD_SCOPES),
  /** Id of the customer or site, the line device class, `<gatewayId>/<position>`; empty for the operator. */
  scopeId: z.string().max(120).default(''),
  parameters: z.record(z.string(), z.number()).default({}),
  /** Disables the condition in this scope. */
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
    withoutSource: z.string().nullable().describe('Why nothing can raise this condition yet; null where something can'),
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

/** The effective thresholds of one subject, parameter by parameter. */
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

export const thresholdEndpoints = {
  listConditions: endpoint({
    id: 'listConditions',
    method: 'GET',
    path: '/api/v1/conditions',
    permission: 'thresholds.read',
    summary: 'List monitored conditions with their default and changed thresholds',
    response: z.object({ items: z.array(ConditionView) }),
  }),
  getEffectiveThresholds: endpoint({
    id: 'getEffectiveThresholds',
    method: 'GET',
    path: '/api/v1/thresholds/effective',
    permission: 'thresholds.read',
    summary: 'Get the effective thresholds of a port, gateway or site, and where each is set',
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
    permission: 'thresholds.write',
    summary: 'Set thresholds of a condition in a scope',
    body: ThresholdInput,
    response: ConditionView,
  }),
  resetThreshold: endpoint({
    id: 'resetThreshold',
    method: 'DELETE',
    path: '/api/v1/thresholds/:settingId',
    permission: 'thresholds.write',
    summary: 'Reset a threshold to the value of the wider scope',
    params: z.object({ settingId: Id }),
  }),
} as const;
