import { z } from 'zod';
import { AtMs, Epoch } from './wire.ts';

/**
 * Retained presence, set by the agent on connect and by its last will when the connection dies. MQTT 5 brokers delay
 * the will by 26 s; an agent falls back to MQTT 3.1.1 where the broker refuses 5, and then the will comes at once, so
 * an `online: false` without a reason counts only when no `online: true` follows soon. `at` of a will is the time of
 * the connect.
 */
export const Presence = z.object({
  v: z.literal(1),
  online: z.boolean(),
  at: AtMs,
  epoch: Epoch,
  /** The reason of an orderly stop: the service is stopped or restarted. */
  reason: z.literal('stopping').optional(),
});
export type Presence = z.infer<typeof Presence>;
