import {
  CONFIG_DRAFT_STATES,
  CONFIG_EDIT_ACTIONS,
  configItemProblem,
  CONFIG_ENTRY_KINDS,
  LINE_DEVICE_CLASSES,
} from '@loopstart/domain';
import { z } from 'zod';
import { ConfigEntry, ConfigItem, ConfigPlace, ShownValue } from './configuration-parts.ts';
import { DialPlanText } from './dial-plan-text.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { name } from './input-fields.ts';
import { list, paging } from './list.ts';

/** Most edits of one request. */
export const CONFIG_EDITS_PER_REQUEST_MAX = 2_000;
/** Most edits of one draft. */
export const CONFIG_EDITS_PER_DRAFT_MAX = 50_000;

/**
 * One change of one entry. `set` gives a value, `unmanage` leaves what the gateway has from this place on, `reset` removes
 * the entry, so that the weaker one holds. `sees` is the id of the edit of this draft or of the published entry that the
 * author saw there, null where nothing was: another one by now is refused as `stale-edit`.
 */
export const ConfigEditInput = z
  .object({
    place: ConfigPlace,
    kind: z.enum(CONFIG_ENTRY_KINDS).default('setting'),
    name: z.string().trim().min(1).max(60),
    deviceClass: z.enum(LINE_DEVICE_CLASSES).nullable().default(null),
    action: z.enum(CONFIG_EDIT_ACTIONS),
    value: z.json().optional().describe('Of `set` alone'),
    isSealed: z.boolean().default(false).describe('No layer below may override it'),
    sees: Id.nullable(),
  })
  .superRefine((edit, context) => {
    const problem = configItemProblem({ ...edit, layer: edit.place.layer });
    if (problem !== null) context.addIssue({ code: 'custom', path: [problem.path], message: problem.expected });
    if (edit.kind !== 'dial-plan' || edit.action !== 'set') return;
    for (const { path, message } of DialPlanText.safeParse(edit.value).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['value', ...path], message });
  })
  .meta({
    examples: [
      { place: { layer: 'operator' }, kind: 'setting', name: 'sip.transport', action: 'set', value: 'tls', sees: null },
    ],
  });
export type ConfigEditInput = z.infer<typeof ConfigEditInput>;

export const ConfigEdit = z
  .object({
    id: Id,
    place: ConfigPlace,
    placeName: z.string(),
    ...ConfigItem,
    action: z.enum(CONFIG_EDIT_ACTIONS),
    value: ShownValue,
    isSecret: z.boolean(),
    isSealed: z.boolean(),
    author: z.string(),
    at: Instant,
    replaces: ConfigEntry.nullable().describe('The published entry that the author saw; null: none'),
    isStale: z.boolean().describe('Another revision changed the entry since: it must be edited again'),
  })
  .meta({ id: 'ConfigEdit' });
export type ConfigEdit = z.infer<typeof ConfigEdit>;

export const ConfigDraft = z
  .object({
    id: Id,
    name: z.string(),
    state: z.enum(CONFIG_DRAFT_STATES),
    createdBy: z.string(),
    createdAt: Instant,
    changedAt: Instant,
    editors: z.array(z.string()),
    edits: z.int(),
    staleEdits: z.int(),
    revision: z.int().nullable().describe('The revision that it became; null: not published'),
  })
  .meta({ id: 'ConfigDraft' });
export type ConfigDraft = z.infer<typeof ConfigDraft>;

const draft = z.object({ draftId: Id });

export const configurationDraftEndpoints = {
  listConfigDrafts: endpoint({
    id: 'listConfigDrafts',
    method: 'GET',
    path: '/api/v1/configuration/drafts',
    permission: 'configuration.read',
    summary: 'List drafts, the newest first',
    query: z.object({ state: z.enum(CONFIG_DRAFT_STATES).optional(), ...paging }),
    response: list(ConfigDraft),
  }),
  createConfigDraft: endpoint({
    id: 'createConfigDraft',
    method: 'POST',
    path: '/api/v1/configuration/drafts',
    permission: 'configuration.write',
    summary: 'Begin a draft; several people edit it until it is published or discarded',
    body: z.object({ name }),
    response: ConfigDraft,
    status: 201,
  }),
  getConfigDraft: endpoint({
    id: 'getConfigDraft',
    method: 'GET',
    path: '/api/v1/configuration/drafts/:draftId',
    permission: 'configuration.read',
    summary: 'Get a draft',
    params: draft,
    response: ConfigDraft,
  }),
  listConfigEdits: endpoint({
    id: 'listConfigEdits',
    method: 'GET',
    path: '/api/v1/configuration/drafts/:draftId/edits',
    permission: 'configuration.read',
    summary: 'List the edits of a draft, the newest first',
    params: draft,
    query: z.object(paging),
    response: list(ConfigEdit),
  }),
  editConfigDraft: endpoint({
    id: 'editConfigDraft',
    method: 'POST',
    path: '/api/v1/configuration/drafts/:draftId/edits',
    permission: 'configuration.write',
    summary: 'Edit entries in a draft, all or none',
    params: draft,
    body: z.object({ edits: z.array(ConfigEditInput).min(1).max(CONFIG_EDITS_PER_REQUEST_MAX) }),
    response: z.object({ draft: ConfigDraft, edits: z.array(ConfigEdit) }),
  }),
  removeConfigEdit: endpoint({
    id: 'removeConfigEdit',
    method: 'DELETE',
    path: '/api/v1/configuration/drafts/:draftId/edits/:editId',
    permission: 'configuration.write',
    summary: 'Take an edit out of a draft',
    params: draft.extend({ editId: Id }),
  }),
  discardConfigDraft: endpoint({
    id: 'discardConfigDraft',
    method: 'POST',
    path: '/api/v1/configuration/drafts/:draftId/discard',
    // It loses the edits of others as well, of places that a limited person does not see.
    permission: 'configuration.publish',
    summary: 'Discard a draft with the edits of all',
    params: draft,
    response: ConfigDraft,
  }),
} as const;
