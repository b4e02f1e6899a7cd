import { z } from 'zod';
import { AtMs } from '../wire.ts';

/** Messages that the outbox lost: a gap is itself reported. */
export const Gap = z.object({
  /**
   * `outbox-full`, `disk-full`: evicted by policy. `outbox-damaged`: unreadable on disk. `server-rewound`: the cloud
   * requested messages that it had acknowledged before and that are deleted; `lost.unknown` is then their largest
   * possible number. After a gap the agent sends a full report of every gateway, and its inventory where inventories
   * may be among the lost messages.
   */
  reason: z.enum(['outbox-full', 'outbox-damaged', 'disk-full', 'server-rewound']),
  fromAt: AtMs.nullable(),
  toAt: AtMs.nullable(),
  /** Messages lost, by kind; `unknown` where the kind is not known. */
  lost: z.record(z.string().max(40), z.int()),
});
export type Gap = z.infer<typeof Gap>;
