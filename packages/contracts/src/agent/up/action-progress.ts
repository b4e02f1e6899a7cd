import { z } from 'zod';
import { AtMs } from '../wire.ts';

export const ActionProgress = z.object({
  actionId: z.uuid(),
  at: AtMs,
  state: z.enum(['running', 'succeeded', 'failed', 'refused', 'expired']),
  /** Why the action was refused or failed, in one plain sentence; null when it succeeded. */
  reason: z.string().max(500).nullable(),
  /** The code of a refusal, which `reason` puts in words; absent or null for any other end. */
  reasonCode: z.string().max(40).nullable().optional(),
  /** Values such as those of a line test: name with unit to value. */
  result: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])),
});
export type ActionProgress = z.infer<typeof ActionProgress>;
