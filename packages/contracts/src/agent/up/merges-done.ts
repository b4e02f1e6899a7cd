import { z } from 'zod';
import { GatewayMerge, MERGES_PER_MESSAGE_MAX } from '../merges.ts';

/** Merges that the agent has applied. */
export const MergesDone = z.object({ merges: z.array(GatewayMerge).min(1).max(MERGES_PER_MESSAGE_MAX) });
export type MergesDone = z.infer<typeof MergesDone>;
