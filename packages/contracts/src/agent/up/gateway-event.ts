import { EVENT_KINDS, EVENT_SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { AtMs } from '../wire.ts';

export { EVENT_KINDS };
export const EventKind = z.enum(EVENT_KINDS);
export type EventKind = z.infer<typeof EventKind>;

export const GatewayEvent = z.object({
  /** Unique for ever: the agent makes it, the API ignores one it has. */
  id: z.uuid(),
  gatewayId: z.uuid(),
  at: AtMs,
  kind: EventKind,
  severity: z.enum(EVENT_SEVERITIES),
  /** 1-based port number where the event names a port. */
  position: z.int().min(1).nullable(),
  /** One plain sentence for the operator. */
  text: z.string().max(500),
  /** Raise and clear of the same thing share this key. */
  alarmKey: z.string().max(200).nullable(),
  source: z.enum(['trap', 'inform', 'syslog', 'poll', 'agent']),
  /** What was received, for the record: MIB object or OID to text. Never a community or password. */
  detail: z.record(z.string().max(200), z.string().max(500)),
});
export type GatewayEvent = z.infer<typeof GatewayEvent>;
