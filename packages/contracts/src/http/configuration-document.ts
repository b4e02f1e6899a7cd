import { CONFIG_EDIT_ACTIONS, CONFIG_ENTRY_KINDS, configItemProblem, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { CONFIG_EDITS_PER_REQUEST_MAX, ConfigDraft } from './configuration-drafts.ts';
import { ConfigImportTarget } from './configuration-imports.ts';
import { ConfigItem, ShownValue } from './configuration-parts.ts';
import { DialPlanText } from './dial-plan-text.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';

const text = z.string().trim().min(1).max(200);

/**
 * A place by the names that people know it by; upper and lower case are the same. Nothing: all gateways. A site is named
 * within its customer, a gateway within its site or by one of `mac` and `serial` alone, a port within its gateway.
 */
export const ConfigDocumentPlace = z
  .strictObject({
    customer: text.optional(),
    site: text.optional(),
    vendor: z.string().trim().min(1).max(80).optional(),
    model: z.string().trim().min(1).max(120).optional(),
    gateway: text.optional(),
    mac: text.optional(),
    serial: text.optional(),
    port: z
      .union([z.int().min(1).max(1000), text])
      .optional()
      .describe('Position (a number) or label (a text)'),
  })
  .superRefine((place, context) => {
    if (documentLayer(place) === null) context.addIssue({ code: 'custom', message: PLACE_EXPECTED });
  })
  .meta({ id: 'ConfigDocumentPlace' });
export type ConfigDocumentPlace = z.infer<typeof ConfigDocumentPlace>;

const PLACE_EXPECTED =
  'nothing (all gateways); customer; customer and site; vendor and model; or customer, site and gateway, mac alone or serial alone, each of these also with port';

const LAYERS = {
  '': 'operator',
  customer: 'customer',
  'customer site': 'site',
  'vendor model': 'gateway-model',
  'customer site gateway': 'gateway',
  mac: 'gateway',
  serial: 'gateway',
} as const;
const KEYS = ['customer', 'site', 'vendor', 'model', 'gateway', 'mac', 'serial'] as const;

/** The layer that the names of a place are of; null: they do not name one. */
export function documentLayer(place: ConfigDocumentPlace): (typeof LAYERS)[keyof typeof LAYERS] | 'port' | null {
  const names = KEYS.filter((key) => place[key] !== undefined).join(' ');
  const layer = LAYERS[names as keyof typeof LAYERS] ?? null;
  if (place.port === undefined) return layer;
  return layer === 'gateway' ? 'port' : null;
}

const ConfigDocumentEntry = z
  .strictObject({
    at: ConfigDocumentPlace,
    kind: z.enum(CONFIG_ENTRY_KINDS).default('setting'),
    name: z.string().trim().min(1).max(60).describe('Id of the field, or name of the variable or dial plan'),
    deviceClass: z.enum(LINE_DEVICE_CLASSES).nullable().default(null).describe('The line devices; null: all'),
    action: z.enum(CONFIG_EDIT_ACTIONS).default('set').describe('`reset` removes the entry: the weaker one holds'),
    value: z.json().optional().describe('Of `set` alone'),
    sealed: z.boolean().default(false).describe('No layer below may override it'),
    replace: z.boolean().default(false).describe('Of a secret that is set already: enter it again'),
  })
  .superRefine((entry, context) => {
    const layer = documentLayer(entry.at);
    if (layer === null) return;
    const problem = configItemProblem({ ...entry, layer });
    if (problem !== null) {
      const path = problem.path === 'place' ? 'at' : problem.path;
      context.addIssue({ code: 'custom', path: [path], message: problem.expected });
    }
    if (entry.kind !== 'dial-plan' || entry.action !== 'set') return;
    for (const { path, message } of DialPlanText.safeParse(entry.value).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['value', ...path], message });
  });

/** Configuration as a document. What it does not mention stays as it is. */
export const ConfigDocument = z
  .strictObject({
    version: z.literal(1),
    entries: z.array(ConfigDocumentEntry).min(1).max(CONFIG_EDITS_PER_REQUEST_MAX),
  })
  .meta({
    id: 'ConfigDocument',
    examples: [{ version: 1, entries: [{ at: { customer: 'Harbour Hotels' }, name: 'sip.transport', value: 'tls' }] }],
  });
export type ConfigDocument = z.infer<typeof ConfigDocument>;

const ConfigDocumentChange = z.object({
  path: z.string().describe('Of the entry in the document'),
  placeName: z.string(),
  ...ConfigItem,
  change: z.enum(['added', 'changed', 'removed']),
  before: ShownValue.describe('Null: nothing is set at the place, or it is left unmanaged'),
  after: ShownValue.describe('Null: removed, or left unmanaged'),
  isSecret: z.boolean(),
});

export const ConfigDocumentPlan = z
  .object({
    changes: z.array(ConfigDocumentChange),
    unchanged: z.int().describe('Entries that stand there already'),
    secretsNotCompared: z
      .array(z.string())
      .describe('Paths of unchanged secrets: they are set, and whether to the same value is not known'),
    fingerprint: z.string(),
  })
  .meta({ id: 'ConfigDocumentPlan' });
export type ConfigDocumentPlan = z.infer<typeof ConfigDocumentPlan>;

export const configurationDocumentEndpoints = {
  planConfigDocument: endpoint({
    id: 'planConfigDocument',
    method: 'POST',
    path: '/api/v1/configuration/document/plan',
    permission: 'configuration.write',
    summary: 'Say what a document would change; nothing is changed',
    body: z.object({
      document: ConfigDocument,
      draftId: Id.optional().describe('The draft that the edits would go into'),
    }),
    response: ConfigDocumentPlan,
  }),
  applyConfigDocument: endpoint({
    id: 'applyConfigDocument',
    method: 'POST',
    path: '/api/v1/configuration/document',
    permission: 'configuration.write',
    summary: 'Put what a document changes into a draft, all of it or nothing',
    body: z.object({
      document: ConfigDocument,
      into: ConfigImportTarget,
      fingerprint: z.string().min(1).max(100).describe('Of the plan; where it differs by now, nothing is done'),
    }),
    response: z.object({ draft: ConfigDraft, edits: z.int() }),
  }),
} as const;
