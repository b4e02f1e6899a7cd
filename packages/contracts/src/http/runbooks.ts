import { NULL_REASONS, SYMPTOMS } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging } from './list.ts';
import { port } from './params.ts';

/** One piece of evidence; `value` is null where it is unknown, with the reason. */
export const RunbookEvidence = z.object({
  key: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
  reason: z.enum(NULL_REASONS).nullable(),
  at: Instant.nullable(),
  source: z.enum(['poll', 'line-test', 'inventory', 'history', 'events', 'neighbours', 'alerts', 'operator']),
});
export type RunbookEvidence = z.infer<typeof RunbookEvidence>;

const Argument = z.object({ key: z.string(), points: z.number(), text: z.string() });

export const RunbookStep = z.object({
  text: z.string(),
  who: z.enum(['remote', 'on-site']),
  disturbs: z.boolean().describe('The step interrupts the line'),
  proves: z.string(),
});

export const RunbookRun = z
  .object({
    id: Id,
    symptom: z.enum(SYMPTOMS),
    gatewayId: Id,
    gatewayName: z.string(),
    position: z.int(),
    incidentId: Id.nullable(),
    /** `gathering`: the line test is still running. */
    state: z.enum(['gathering', 'done']),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    startedBy: z.string(),
    /** Whether a line test was run, and if not, why. */
    lineTest: z.object({
      state: z.enum(['running', 'done', 'failed', 'not-run']),
      reason: z.string().nullable(),
      actionId: Id.nullable(),
    }),
    evidence: z.array(RunbookEvidence),
    hypotheses: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        score: z.number(),
        for: z.array(Argument),
        against: z.array(Argument),
        step: RunbookStep,
      }),
    ),
    next: RunbookStep.nullable().describe('Null while evidence is being gathered'),
    busy: z.boolean().describe('The line is in use, or this is unknown: take no step that interrupts it'),
    lifeSafety: z.boolean().describe('It is a life-safety line'),
    missing: z.array(z.string()).describe('Evidence that is missing and would help'),
  })
  .meta({ id: 'RunbookRun' });
export type RunbookRun = z.infer<typeof RunbookRun>;

export const runbookEndpoints = {
  startRunbook: endpoint({
    id: 'startRunbook',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/ports/:position/runbooks',
    permission: 'runbooks.start',
    summary: 'Start a runbook for a symptom on a line; never interrupts a call',
    params: port,
    body: z.object({
      symptom: z.enum(SYMPTOMS),
      incidentId: Id.nullable().default(null),
      /** Run a line test where the gateway has one and the line may be interrupted. */
      lineTest: z.boolean().default(true),
      lifeSafetyConfirmed: z.boolean().default(false),
      idempotencyKey: z.uuid(),
    }),
    response: RunbookRun,
    status: 202,
  }),
  getRunbook: endpoint({
    id: 'getRunbook',
    method: 'GET',
    path: '/api/v1/runbooks/:runId',
    permission: 'runbooks.read',
    summary: 'Get a runbook run',
    params: z.object({ runId: Id }),
    response: RunbookRun,
  }),
  listRunbooks: endpoint({
    id: 'listRunbooks',
    method: 'GET',
    path: '/api/v1/runbooks',
    permission: 'runbooks.read',
    summary: 'List runbook runs of a line or an incident, newest first',
    query: z.object({
      gatewayId: Id.optional(),
      position: z.coerce.number().int().min(1).optional(),
      incidentId: Id.optional(),
      ...paging,
    }),
    response: list(RunbookRun),
  }),
} as const;
