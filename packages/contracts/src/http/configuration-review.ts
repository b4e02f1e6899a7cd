import { CONFIG_CHECKS, CONFIG_CHECK_EFFECTS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigCost, ConfigGateway, ConfigKeyChange, ConfigOrigin, ShownValue } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { list, paging } from './list.ts';

/** Most findings that a review lists; `findingsTotal` counts all. */
export const CONFIG_FINDINGS_MAX = 200;

/** One thing that a check found, and the line it concerns. */
export const ConfigFinding = z
  .object({
    check: z.enum(CONFIG_CHECKS),
    effect: z
      .enum(CONFIG_CHECK_EFFECTS)
      .describe('`blocks` for good; `blocks-unless-overridden` by name with a reason'),
    gatewayId: Id.nullable(),
    gatewayName: z.string().nullable(),
    position: z.int().nullable(),
    field: z.string().nullable(),
    detail: z.string(),
  })
  .meta({ id: 'ConfigFinding' });
export type ConfigFinding = z.infer<typeof ConfigFinding>;

/** What a draft would do to the whole fleet, in counts. */
export const ConfigReview = z
  .object({
    draftId: Id,
    gateways: z.int().describe('Gateways with at least one changed setting'),
    lines: z.int(),
    lifeSafetyLines: z.int(),
    linesByDeviceClass: z.array(z.object({ deviceClass: z.enum(LINE_DEVICE_CLASSES), lines: z.int() })),
    gatewaysByCost: z
      .array(z.object({ cost: ConfigCost, gateways: z.int() }))
      .describe('By the costliest change of each gateway'),
    settingsChanged: z.int(),
    keysChanged: z.int().describe("Keys of the vendors' own configuration languages"),
    findings: z.array(ConfigFinding),
    findingsTotal: z.int(),
    checksFailed: z.array(
      z.object({ check: z.enum(CONFIG_CHECKS), effect: z.enum(CONFIG_CHECK_EFFECTS), count: z.int() }),
    ),
    notVerified: z
      .array(z.object({ driverId: z.string(), model: z.string().nullable(), gateways: z.int(), detail: z.string() }))
      .describe('Models whose configuration Loopstart writes by documents alone, or cannot write'),
    staleEdits: z.int(),
    needsOtherPerson: z.boolean().describe('Another person than its only editor must publish it'),
  })
  .meta({ id: 'ConfigReview' });
export type ConfigReview = z.infer<typeof ConfigReview>;

export const ConfigSettingChange = z
  .object({
    position: z.int().nullable().describe('The port; null: the whole gateway'),
    field: z.string(),
    isSecret: z.boolean(),
    before: ShownValue,
    beforeOrigin: ConfigOrigin.nullable(),
    after: ShownValue,
    afterOrigin: ConfigOrigin.nullable(),
    cost: ConfigCost,
  })
  .meta({ id: 'ConfigSettingChange' });

export const ConfigGatewayReview = z
  .object({
    gateway: ConfigGateway,
    cost: ConfigCost,
    lines: z.int(),
    lifeSafetyLines: z.int(),
    settings: z.array(ConfigSettingChange),
    keys: z.array(ConfigKeyChange),
    keysReason: z.string().nullable().describe('Why the keys are not known; null where they are'),
    findings: z.array(ConfigFinding),
  })
  .meta({ id: 'ConfigGatewayReview' });
export type ConfigGatewayReview = z.infer<typeof ConfigGatewayReview>;

const draft = z.object({ draftId: Id });

export const configurationReviewEndpoints = {
  reviewConfigDraft: endpoint({
    id: 'reviewConfigDraft',
    method: 'GET',
    path: '/api/v1/configuration/drafts/:draftId/review',
    permission: 'configuration.read',
    summary: 'Review a draft: what it touches, what it disturbs and what stops it, in counts',
    params: draft,
    response: ConfigReview,
  }),
  listConfigGatewayReviews: endpoint({
    id: 'listConfigGatewayReviews',
    method: 'GET',
    path: '/api/v1/configuration/drafts/:draftId/review/gateways',
    permission: 'configuration.read',
    summary: 'List the gateways that a draft changes, with each difference',
    params: draft,
    query: z.object({ ...paging, limit: z.coerce.number().int().min(1).max(50).default(10) }),
    response: list(ConfigGatewayReview),
  }),
} as const;
