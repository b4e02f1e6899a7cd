import { z } from 'zod';
import { Instant } from './fields.ts';

/** A page of things: `nextCursor` is null on the last one, `total` counts all that match. */
export const list = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

/** Query parameters of every paged list. */
export const paging = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};
export const search = { q: z.string().trim().max(200).optional() };
export const timeRange = { from: Instant.optional(), to: Instant.optional() };

/** One or several of `values` as a query parameter: `a` or `a,b`. */
export const someOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .preprocess((given) => (typeof given === 'string' ? given.split(',') : given), z.array(z.enum(values)).min(1))
    .optional();
