import { z } from 'zod';
import { Id, Instant } from './fields.ts';

export const ENTRY_KINDS = [
  'announced',
  'alert-joined',
  'alert-left',
  'severity-changed',
  'evidence-changed',
  'flapping-started',
  'flapping-ended',
  'acknowledged',
  'acknowledgement-withdrawn',
  'assigned',
  'snoozed',
  'snooze-ended',
  'commented',
  'notified',
  'runbook',
  'handed-over',
  'resolved',
] as const;

export const IncidentEntry = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum(ENTRY_KINDS),
  by: z.string().nullable(),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type IncidentEntry = z.infer<typeof IncidentEntry>;

/** A message to one channel about an incident. */
export const IncidentDelivery = z.object({
  id: Id,
  channel: z.object({ id: Id, name: z.string(), kind: z.string() }),
  recipient: z.string().nullable(),
  type: z.string(),
  state: z.enum(['pending', 'sending', 'delivered', 'failed', 'abandoned']),
  createdAt: Instant,
  deliveredAt: Instant.nullable(),
  error: z.string().nullable(),
});
