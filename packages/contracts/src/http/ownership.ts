import { OWNERSHIPS, PUBLISHED_MODES } from '@loopstart/domain';
import { z } from 'zod';

/** Whose an object is; an operator changes what it owns alone. */
export const Ownership = z.object({
  ownership: z
    .enum(OWNERSHIPS)
    .describe(
      'owned: of this operator. shared: published by the provider to be copied. locked: published by the provider, in force as it is',
    ),
  publishedBy: z
    .literal('provider')
    .nullable()
    .describe('Who published it, or what it was copied from; null: made here'),
  version: z.int().min(1).nullable().describe('The version that was published or copied; null: made here'),
});
export type Ownership = z.infer<typeof Ownership>;

export const PublishedMode = z.enum(PUBLISHED_MODES);
