import { CONDITION_KINDS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity } from './alert-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { httpsUrl, name } from './input-fields.ts';
import { channel } from './params.ts';

export const CHANNEL_KINDS = ['webhook', 'email', 'slack', 'teams', 'pagerduty', 'opsgenie', 'ticket'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
const secret = z.string().min(1).max(500);

/** Which incidents are sent to a webhook; an absent list matches all. */
export const ChannelFilters = z.object({
  severities: z.array(AlertSeverity).min(1).optional(),
  kinds: z.array(z.enum(CONDITION_KINDS)).min(1).optional(),
  customerIds: z.array(Id).min(1).max(500).optional(),
  lineDeviceClasses: z.array(z.enum(LINE_DEVICE_CLASSES)).min(1).optional(),
});
export type ChannelFilters = z.infer<typeof ChannelFilters>;

/** Header fields that a ticket system needs besides its credentials. */
const headers = z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), z.string().max(500)).default({});

/** Settings of a channel. Secrets are never returned; a secret that is absent from an update is kept. */
export const ChannelInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('webhook'),
    name,
    url: httpsUrl,
    filters: ChannelFilters.default({}),
    signing: z.enum(['v1', 'v1a']).default('v1').describe('HMAC-SHA256 with a shared secret, or ed25519'),
  }),
  z.object({ kind: z.literal('email'), name, to: z.array(z.email()).min(1).max(50) }),
  z.object({ kind: z.literal('slack'), name, url: httpsUrl.optional().describe('Incoming webhook URL; secret') }),
  z.object({ kind: z.literal('teams'), name, url: httpsUrl.optional().describe('Incoming webhook URL; secret') }),
  z.object({
    kind: z.literal('pagerduty'),
    name,
    routingKey: secret.optional(),
    region: z.enum(['us', 'eu']).default('us'),
    url: httpsUrl.optional().describe('Alternative URL of the Events API, for on-premises relays'),
  }),
  z.object({
    kind: z
      .literal('opsgenie')
      .describe('Atlassian ends Opsgenie and its API in April 2027; Jira Service Management follows it'),
    name,
    apiKey: secret.optional(),
    region: z.enum(['us', 'eu']).default('us'),
    url: httpsUrl.optional(),
  }),
  z.object({
    kind: z.literal('ticket'),
    name,
    url: httpsUrl.describe('URL of the ticket collection; a ticket is at <url>/<id>'),
    credentials: secret.optional().describe('Value of the Authorization header'),
    headers,
    /** Path of the new ticket's id in the response, such as `id` or `ticket.id`. */
    idPath: z.string().max(100).default('id'),
    /** JSON templates with placeholders such as {{incident.title}}. */
    openBody: z.string().max(8000),
    updateBody: z.string().max(8000),
    closeBody: z.string().max(8000),
    updateMethod: z.enum(['PATCH', 'PUT', 'POST']).default('PATCH'),
    updateAt: z
      .enum(['ticket', 'collection'])
      .optional()
      .describe('Where updates are sent: <url>/<id> if absent, or <url> with {{ticket.id}} in the body'),
    /**
     * Finds the open ticket of an incident before a new one is created: a query with {{incident.dedupKey}}, after a
     * path below the collection if it begins with a slash (/query?search=…); absent: no search.
     */
    findQuery: z.string().max(500).optional(),
  }),
]);
export type ChannelInput = z.infer<typeof ChannelInput>;

export const CHANNEL_STATES = ['active', 'throttled', 'circuit-open', 'disabled'] as const;

export const Channel = z
  .object({
    id: Id,
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    /** The destination without secrets: host, recipients or region. */
    target: z.string(),
    config: z.record(z.string(), z.unknown()),
    filters: ChannelFilters,
    state: z.enum(CHANNEL_STATES),
    disabledReason: z.string().nullable(),
    retryAt: Instant.nullable(),
    failingSince: Instant.nullable(),
    fallbackChannelId: Id.nullable(),
    lastDeliveredAt: Instant.nullable(),
    waiting: z.int(),
    failedLastDay: z.int(),
    deliveredLastDay: z.int(),
    keys: z.array(
      z.object({
        id: Id,
        algorithm: z.enum(['v1', 'v1a']),
        publicKey: z.string().nullable(),
        createdAt: Instant,
        expiresAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof Channel>;

/** Returned once. */
export const ChannelSecret = z.object({
  channel: Channel,
  signingSecret: z.string().nullable().describe('whsec_… (v1), or null: v1a has a public key in `channel.keys`'),
});

export const channelEndpoints = {
  listChannels: endpoint({
    id: 'listChannels',
    method: 'GET',
    path: '/api/v1/channels',
    permission: 'channels.read',
    summary: 'List notification channels',
    response: z.object({
      items: z.array(Channel),
      alsoAllowed: z
        .array(z.string())
        .describe('Hosts and networks outside the public internet that messages may be sent to, also over plain HTTP'),
    }),
  }),
  createChannel: endpoint({
    id: 'createChannel',
    method: 'POST',
    path: '/api/v1/channels',
    permission: 'channels.write',
    summary: 'Create a notification channel; only this response has the signing secret of a webhook',
    body: ChannelInput,
    response: ChannelSecret,
    status: 201,
  }),
  getChannel: endpoint({
    id: 'getChannel',
    method: 'GET',
    path: '/api/v1/channels/:channelId',
    permission: 'channels.read',
    summary: 'Get a notification channel',
    params: channel,
    response: Channel,
  }),
  updateChannel: endpoint({
    id: 'updateChannel',
    method: 'PUT',
    path: '/api/v1/channels/:channelId',
    permission: 'channels.write',
    summary: 'Update a notification channel; its kind cannot change',
    params: channel,
    body: ChannelInput,
    response: Channel,
  }),
  setChannelState: endpoint({
    id: 'setChannelState',
    method: 'POST',
    path: '/api/v1/channels/:channelId/state',
    permission: 'channels.write',
    summary: 'Enable or disable a notification channel, and set its fallback channel',
    params: channel,
    body: z.object({ enabled: z.boolean(), fallbackChannelId: Id.nullable().optional() }),
    response: Channel,
  }),
  deleteChannel: endpoint({
    id: 'deleteChannel',
    method: 'DELETE',
    path: '/api/v1/channels/:channelId',
    permission: 'channels.delete',
    summary: 'Delete a notification channel and its delivery log; refused while a policy uses it',
    params: channel,
  }),
  rotateChannelKey: endpoint({
    id: 'rotateChannelKey',
    method: 'POST',
    path: '/api/v1/channels/:channelId/keys',
    permission: 'channels.write',
    summary: 'Rotate the signing key; the old keys stay valid until the overlap ends',
    params: channel,
    body: z.object({
      algorithm: z.enum(['v1', 'v1a']).default('v1'),
      overlapHours: z.number().min(0).max(720).default(24),
    }),
    response: ChannelSecret,
    status: 201,
  }),
} as const;
