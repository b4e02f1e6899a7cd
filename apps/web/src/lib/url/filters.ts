import { z } from 'zod';

/** An optional filter that falls back to "not filtered" where the URL holds something not understood. */
export const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Free text; empty is not filtered. */
export const text = optional(z.string().trim().min(1).max(200));

/** Filters out of URL parameters; a parameter given twice counts once. */
export function parseFilters<S extends z.ZodObject>(
  schema: S,
  parameters: Record<string, string | string[] | undefined>,
): z.output<S> {
  const single = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
  );
  return schema.parse(single);
}

/** The query string for filters, changed by `change`; what is undefined or empty is left out. */
export function withFilters(current: URLSearchParams, change: Record<string, string | undefined>): string {
  const next = new URLSearchParams(current);
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined || value === '') next.delete(key);
    else next.set(key, value);
  }
  next.sort();
  const search = next.toString();
  return search === '' ? '' : `?${search}`;
}
