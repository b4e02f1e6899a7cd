import { EVENT_KINDS, EVENT_SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { AtMs } from '../wire.ts';

export { EVENT_KINDS };
export const EventKind = z.enum(EVENT_KINDS);
export type EventKind = z.infer<typeof EventKind>;

export const GatewayEvent = z.object({
  /** Globally unique: the agent creates it, and the API ignores an event that it has already. */
  id: z.uuid(),
  gatewayId: z.uuid(),
  at: AtMs,
  kind: EventKind,
  severity: z.enum(EVENT_SEVERITIES),
  /** 1-based port number where the event names a port. */
  position: z.int().min(1).nullable(),
  /** One plain sentence for the operator. */
  text: z.string().max(500),
  /** Raise and clear of the same condition share this key. */
  alarmKey: z.string().max(200).nullable(),
  source: z.enum(['trap', 'inform', 'syslog', 'poll', 'agent']),
  /** The received notification, as evidence: MIB object or OID to text. Never a community or password. */
  detail: z.record(z.string().max(200), z.string().max(500)),
});
export type GatewayEvent = z.infer<typeof GatewayEvent>;
