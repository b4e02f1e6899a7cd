import type { SqlValues } from './sql-values.ts';

/** SQL conditions of a filter, which must all hold; none where nothing is filtered. */
export const oneOf = (
  sql: string,
  asked: readonly string[] | undefined,
  type: 'text' | 'uuid',
  values: SqlValues,
): string[] => (asked === undefined ? [] : [`${sql} = any (${values.add(asked)}::${type}[])`]);

/** SQL: each of the patterns is found in one of these texts. */
export const allWords = (texts: readonly string[], patterns: readonly string[] | null, values: SqlValues): string[] =>
  patterns === null ? [] : [`concat_ws(' ', ${texts.join(', ')}) ilike all (${values.add(patterns)}::text[])`];

/** SQL: all of these conditions. */
export const allOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'true' : conditions.join(' and ');

/** A filter without one of its parts, to count that part's possible values. */
export const without = <F extends object>(filter: F, part: keyof F): F => ({ ...filter, [part]: undefined });
