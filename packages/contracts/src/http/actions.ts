import {
  ACTION_STATES,
  ACTION_TYPES,
  LINE_TEST_READING_NAMES,
  LINE_TEST_REASONS,
  LINE_TEST_VERDICTS,
  REFUSAL_CODES,
} from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging } from './list.ts';
import { gateway, port } from './params.ts';

export const ActionInput = z.object({
  type: z.enum(ACTION_TYPES),
  position: z.int().min(1).nullable().default(null),
  lifeSafetyConfirmed: z.boolean().default(false),
  /**
   * Why the action is requested although it is unknown whether the line is idle. Stored, audited and shown with the
   * action. It never lifts a known refusal: a line that rings, is off hook, in a call or held for an emergency call is
   * not interrupted.
   */
  overrideReason: z.string().trim().min(10).max(500).nullable().default(null),
  /** Set by the client: two requests with the same key are one action. */
  idempotencyKey: z.uuid(),
});

/** The verdict of a line test, the same in alerts, runbooks and console. */
export const LineTestResult = z
  .object({
    verdict: z.enum(LINE_TEST_VERDICTS),
    reason: z.enum(LINE_TEST_REASONS),
    text: z.string().describe('The verdict in plain sentences'),
    testedAt: Instant,
    values: z.array(
      z.object({
        name: z.enum(LINE_TEST_READING_NAMES),
        label: z.string(),
        value: z.union([z.number(), z.string()]),
        unit: z.string().nullable(),
        normal: z.string().nullable().describe('The normal range on this line, in words; null where it is unknown'),
        finding: z.enum(['normal', 'abnormal', 'not-judged']),
      }),
    ),
  })
  .meta({ id: 'LineTestResult' });
export type LineTestResult = z.infer<typeof LineTestResult>;

export const Action = z
  .object({
    id: Id,
    gatewayId: Id,
    position: z.int().nullable(),
    type: z.enum(ACTION_TYPES),
    state: z.enum(ACTION_STATES),
    reason: z.string().nullable(),
    reasonCode: z.string().nullable().describe('Code of the refusal that `reason` explains'),
    overrideReason: z
      .string()
      .nullable()
      .describe('Why the action was requested although it was unknown whether the line was idle'),
    overrode: z.enum(REFUSAL_CODES).nullable().describe('The refusal that the override lifted'),
    result: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    lineTest: LineTestResult.nullable().describe('The verdict of a completed line test'),
    requestedBy: z.string(),
    requestedAt: Instant,
    updatedAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'Action' });
export type Action = z.infer<typeof Action>;

/** Whether an action is permitted now, and if not, why: computed by the function that refuses it. */
export const ActionOffer = z
  .object({
    type: z.enum(ACTION_TYPES),
    allowed: z.boolean(),
    refusal: z
      .object({
        code: z.enum(REFUSAL_CODES),
        position: z.int().nullable().describe('The port that prevents it; null where the gateway does'),
        text: z.string(),
      })
      .nullable(),
    needsLifeSafetyConfirmation: z.boolean().describe('Needs a confirmation, which may lift the refusal'),
    needsOverride: z.boolean().describe('Needs a written reason, which may lift the refusal'),
  })
  .meta({ id: 'ActionOffer' });
export type ActionOffer = z.infer<typeof ActionOffer>;

export const actionEndpoints = {
  getGatewayActions: endpoint({
    id: 'getGatewayActions',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/actions',
    permission: 'actions.read',
    summary: 'List the actions a gateway allows now, with the reason for each refusal',
    params: gateway,
    response: z.object({ offers: z.array(ActionOffer) }),
  }),
  getPortActions: endpoint({
    id: 'getPortActions',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position/actions',
    permission: 'actions.read',
    summary: 'List the actions a port allows now, with the reason for each refusal',
    params: port,
    response: z.object({ offers: z.array(ActionOffer) }),
  }),
  createAction: endpoint({
    id: 'createAction',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/actions',
    permission: 'actions.request',
    summary: 'Request an action; refused with a reason while it would interrupt a line',
    params: gateway,
    body: ActionInput,
    response: Action,
    status: 202,
  }),
  listActions: endpoint({
    id: 'listActions',
    method: 'GET',
    path: '/api/v1/actions',
    permission: 'actions.read',
    summary: 'List actions, newest first',
    query: z.object({ gatewayId: Id.optional(), position: z.coerce.number().int().min(1).optional(), ...paging }),
    response: list(Action),
  }),
  getAction: endpoint({
    id: 'getAction',
    method: 'GET',
    path: '/api/v1/actions/:actionId',
    permission: 'actions.read',
    summary: 'Get an action',
    params: z.object({ actionId: Id }),
    response: Action,
  }),
  cancelAction: endpoint({
    id: 'cancelAction',
    method: 'POST',
    path: '/api/v1/actions/:actionId/cancel',
    permission: 'actions.cancel',
    summary: 'Cancel an action that has not started',
    params: z.object({ actionId: Id }),
    response: Action,
  }),
} as const;
