import { DIAL_REFUSALS, DIALLING_DIFFERENCES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigGateway } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { gateway } from './params.ts';

/** Most keys that are tried at once. */
export const DIALLED_KEYS_MAX = 40;

/** What becomes of keys. */
const DiallingResult = z.object({
  number: z.string().nullable().describe('What is sent; null: nothing'),
  rule: z.string().nullable().describe('The name of the rule of the plan that decides; null: none does'),
  refusal: z.enum(DIAL_REFUSALS).nullable().describe('Why nothing is sent'),
  keysUsed: z.int().describe('Keys before the decision; those after it are not part of the number'),
  afterMs: z.int().describe('From the last key used to the decision'),
});

export const ConfigDialling = z
  .object({
    gateway: ConfigGateway,
    position: z.int(),
    planName: z.string().nullable().describe('The plan that was tried; null: the port has none'),
    plan: DiallingResult.nullable().describe('By the plan itself'),
    planReason: z.string().nullable().describe('Why the plan says nothing'),
    language: z.string().nullable().describe('The language of dial plans of this model'),
    readings: z
      .array(
        DiallingResult.extend({
          reading: z.string().describe('How the language is understood here'),
          line: z.int().nullable().describe('The row or alternative of the map that decides'),
          text: z.string().nullable().describe('Its text'),
          differs: z.array(z.enum(DIALLING_DIFFERENCES)).describe('In what it differs from the plan'),
        }),
      )
      .describe(
        'By what the gateway would be given, under each reading of its language that nobody has ruled out; that of the manual first',
      ),
    isOpen: z.boolean().describe('Whether the readings differ from each other for these keys'),
    gatewayReasons: z.array(z.string()).describe('Why it is not known what the gateway would do'),
    notWritten: z.string().nullable().describe('Why Loopstart does not give the plan to this gateway; null: it does'),
  })
  .meta({ id: 'ConfigDialling' });
export type ConfigDialling = z.infer<typeof ConfigDialling>;

export const configurationDiallingEndpoints = {
  tryDialling: endpoint({
    id: 'tryDialling',
    method: 'GET',
    path: '/api/v1/configuration/gateways/:gatewayId/dialling',
    permission: 'configuration.read',
    summary: 'Try what a port does with dialled keys: by the dial plan, and by what its gateway would be given',
    params: gateway,
    query: z.object({
      position: z.coerce.number().int().min(1).max(1000),
      dialled: z
        .string()
        .regex(/^[0-9*#A-D]+$/, 'expected the keys 0 to 9, *, # and A to D')
        .max(DIALLED_KEYS_MAX),
      pauseMs: z.coerce.number().int().min(0).max(60_000).default(0).describe('The time between two keys'),
      plan: z.string().trim().min(1).max(60).optional().describe('Another plan than that of the port'),
      draftId: Id.optional().describe('As it would be once this draft is published'),
    }),
    response: ConfigDialling,
  }),
} as const;
