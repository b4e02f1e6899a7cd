import { CONDITION_KINDS, SUBJECT_TYPES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity, Evidence, Place } from './http/alert-parts.ts';
import { Id, Instant } from './http/fields.ts';

/**
 * Messages to webhooks, by type and version. The body follows Standard Webhooks 1.0.0: `type`, `timestamp`, `data`. A
 * field is never removed and never changes its meaning; where that is needed the version increases, and a channel can
 * choose either.
 */
export const WEBHOOK_VERSION = 1;

const incidentData = z
  .object({
    version: z.literal(WEBHOOK_VERSION),
    incidentId: Id,
    number: z.int(),
    /** Counts the messages of the incident from 1, so that a receiver can put them in order. */
    seq: z.int().min(1),
    /** The same for all messages of an incident, for systems that deduplicate. At most 255 characters. */
    dedupKey: z.string().max(255),
    kind: z.enum(CONDITION_KINDS),
    title: z.string(),
    subject: z.object({ type: z.enum(SUBJECT_TYPES), id: z.string() }),
    place: Place,
    severity: AlertSeverity,
    state: z.enum(['open', 'resolved']),
    since: Instant,
    announcedAt: Instant,
    resolvedAt: Instant.nullable(),
    resolution: z.string().nullable(),
    why: z.string(),
    evidence: Evidence,
    firstStep: z.string(),
    affected: z.object({ agents: z.int(), gateways: z.int(), ports: z.int() }),
    flapping: z.boolean(),
    acknowledgedBy: z.string().nullable(),
    assignedTo: z.string().nullable(),
    /** The page of the incident in the console. */
    url: z.url(),
    operator: z.object({ id: Id, name: z.string() }),
  })
  .meta({ id: 'WebhookIncident' });
export type WebhookIncident = z.infer<typeof incidentData>;

const message = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ type: z.literal(type), timestamp: Instant, data });

/** Every message, by type. */
export const WEBHOOK_MESSAGES = {
  'incident.raised': message('incident.raised', incidentData),
  'incident.updated': message(
    'incident.updated',
    incidentData.extend({
      /** `reminder`: nothing changed, and the incident is not acknowledged yet. */
      changed: z.array(
        z.enum([
          'severity',
          'affected',
          'evidence',
          'flapping',
          'assigned',
          'snoozed',
          'acknowledgement-withdrawn',
          'reminder',
        ]),
      ),
    }),
  ),
  'incident.acknowledged': message('incident.acknowledged', incidentData),
  'incident.resolved': message('incident.resolved', incidentData),
  digest: message(
    'digest',
    z.object({
      version: z.literal(WEBHOOK_VERSION),
      from: Instant,
      to: Instant,
      incidents: z.array(incidentData).max(200),
      total: z.int(),
    }),
  ),
  'endpoint.test': message(
    'endpoint.test',
    z.object({
      version: z.literal(WEBHOOK_VERSION),
      channel: z.object({ id: Id, name: z.string() }),
      sentBy: z.string(),
      text: z.string(),
    }),
  ),
  'endpoint.disabled': message(
    'endpoint.disabled',
    z.object({
      version: z.literal(WEBHOOK_VERSION),
      channel: z.object({ id: Id, name: z.string(), kind: z.string() }),
      reason: z.string(),
      failingSince: Instant.nullable(),
    }),
  ),
  'watchdog.canary': message(
    'watchdog.canary',
    z.object({ version: z.literal(WEBHOOK_VERSION), sentAt: Instant, nonce: z.string() }),
  ),
} as const;
export type WebhookType = keyof typeof WEBHOOK_MESSAGES;
export const WEBHOOK_TYPES = Object.keys(WEBHOOK_MESSAGES) as [WebhookType, ...WebhookType[]];

export const WebhookPayload = z.discriminatedUnion('type', [
  WEBHOOK_MESSAGES['incident.raised'],
  WEBHOOK_MESSAGES['incident.updated'],
  WEBHOOK_MESSAGES['incident.acknowledged'],
  WEBHOOK_MESSAGES['incident.resolved'],
  WEBHOOK_MESSAGES.digest,
  WEBHOOK_MESSAGES['endpoint.test'],
  WEBHOOK_MESSAGES['endpoint.disabled'],
  WEBHOOK_MESSAGES['watchdog.canary'],
]);
export type WebhookPayload = z.infer<typeof WebhookPayload>;
