import { z } from 'zod';
import { AtMs, UnreadableCode } from '../wire.ts';

/**
 * A gateway stopped answering (its state becomes unknown), or answers again; also sent once, as reachable, after an
 * agent's first reading of a gateway since its start. A full report follows each `reachable: true`.
 */
export const Reachability = z.object({
  gatewayId: z.uuid(),
  at: AtMs,
  reachable: z.boolean(),
  code: UnreadableCode,
  /** One sentence for the operator, beside the code; null when reachable. */
  reason: z.string().max(200).nullable(),
});
export type Reachability = z.infer<typeof Reachability>;
