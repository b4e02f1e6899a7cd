import { z } from 'zod';
import { AtMs } from '../wire.ts';

export const ActionProgress = z.object({
  actionId: z.uuid(),
  at: AtMs,
  state: z.enum(['running', 'succeeded', 'failed', 'refused', 'expired']),
  /** Why refused or failed, one plain sentence; null when it went well. */
  reason: z.string().max(500).nullable(),
  /** The code of a refusal, which `reason` says in words; absent or null where it ended otherwise. */
  reasonCode: z.string().max(40).nullable().optional(),
  /** Readings of a line test and the like: name with unit to value. */
  result: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])),
});
export type ActionProgress = z.infer<typeof ActionProgress>;
