import { z } from 'zod';
import { Id, Instant } from './fields.ts';

/** One page of a list: `nextCursor` is null on the last one, `total` counts everything that matches. */
export const list = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int(),
    totalIsMinimum: z
      .boolean()
      .optional()
      .describe('True where counting stopped at `total`, because more would be slow'),
  });

/** Query parameters of every paged list. */
export const paging = {
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};
export const search = { q: z.string().trim().max(200).optional() };
/** Periods up to now that a list can be narrowed to. */
export const PERIODS = ['1h', '24h', '7d'] as const;
export type Period = (typeof PERIODS)[number];

export const timeRange = { from: Instant.optional(), to: Instant.optional() };

/** A time range, or the period up to now. */
export const period = {
  within: z.enum(PERIODS).optional().describe('The period up to now; the later of it and `from` counts'),
  ...timeRange,
};

/** One or several of `values` as a query parameter: `a` or `a,b`. */
export const someOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .preprocess((given) => (typeof given === 'string' ? given.split(',') : given), z.array(z.enum(values)).min(1))
    .optional();

/** One or several ids as a query parameter. */
export const someIds = z
  .preprocess((given) => (typeof given === 'string' ? given.split(',') : given), z.array(Id).min(1).max(200))
  .optional();

/** One or several names, which may contain commas: one repeated parameter each. The empty text is "not known". */
export const someNames = z
  .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.string().max(200)).min(1).max(200))
  .optional();

/** A column to sort by, with `-` in front for descending order. Every list declares its columns. */
export const sortedBy = <const T extends readonly [string, ...string[]]>(columns: T) =>
  z.enum([...columns, ...columns.map((column) => `-${column}` as const)] as [SortOf<T>, ...SortOf<T>[]]).optional();
type SortOf<T extends readonly string[]> = T[number] | `-${T[number]}`;

/** The values of a filter, each with the number of matches, most first; the list's other filters apply. */
export const Facet = z
  .object({
    values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int() })),
    more: z.boolean().describe('There are more values than these'),
  })
  .meta({ id: 'Facet' });
export type Facet = z.infer<typeof Facet>;
