import type { z } from 'zod';

/** A kind of background work: rare (roll-ups, retention, expiry), never one a message. */
export interface JobDefinition<S extends z.ZodType = z.ZodType> {
  name: string;
  payload: S;
  /** Repetition interval, with the payload parsed from `{}`; absent: only when added. */
  everyMs?: number;
  /** Must be safe to run twice. */
  handle(payload: z.output<S>): Promise<void>;
}
