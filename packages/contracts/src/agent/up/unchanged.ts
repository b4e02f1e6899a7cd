import { z } from 'zod';
import { AtMs } from '../wire.ts';

/**
 * Polls that changed nothing, collected over about five seconds, so that freshness costs next to nothing. `at` is the
 * earliest of these polls: a gateway's freshness is the later of this and the stored one.
 */
export const Unchanged = z.object({ at: AtMs, gatewayIds: z.array(z.uuid()).min(1).max(2000) });
export type Unchanged = z.infer<typeof Unchanged>;
