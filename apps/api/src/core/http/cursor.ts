import { isUuid } from '../uuid.ts';
import { ProblemError } from './problem-error.ts';

/** An opaque cursor for the row after which the next page begins. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The result of `read` on the values of a cursor; null for no cursor. Throws `invalid-input` naming the cursor where
 * `read` refuses them (null).
 */
export function readCursor<T>(cursor: string | undefined, read: (values: readonly unknown[]) => T | null): T | null {
  if (cursor === undefined || cursor === '') return null;
  const values = parse(cursor);
  const found = values === null ? null : read(values);
  if (found !== null) return found;
  throw new ProblemError('invalid-input', {
    fields: [{ path: 'query.cursor', expected: 'the nextCursor of an earlier answer' }],
  });
}

function parse(cursor: string): readonly unknown[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
}

/** A text that PostgreSQL accepts: it refuses the character NUL. */
export const isStorable = (text: string): boolean => !text.includes('\0');

/** The required form of a cursor's value: it goes into a query as that type. */
const KINDS = {
  text: (value: unknown) => typeof value === 'string' && isStorable(value),
  uuid: (value: unknown) => typeof value === 'string' && isUuid(value),
  instant: (value: unknown) =>
    typeof value === 'string' && /^\d{4}-[\d-]{5}T[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  integer: (value: unknown) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
} as const;
export type CursorKind = keyof typeof KINDS;

/**
 * The values of a cursor made by `encodeCursor`; null for none. Throws `invalid-input` naming the cursor where it is
 * invalid.
 */
export function decodeCursor(cursor: string | undefined, kinds: readonly CursorKind[]): (string | number)[] | null {
  return readCursor(cursor, (values) =>
    values.length === kinds.length && kinds.every((kind, at) => KINDS[kind](values[at]))
      ? (values as (string | number)[])
      : null,
  );
}

/** Removes the extra row that shows whether there is a next page, and makes its cursor. */
export function page<T>(
  rows: T[],
  limit: number,
  key: (row: T) => (string | number)[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}

/** A text to search as a SQL ILIKE pattern, its own wildcards taken literally; null for no search. */
export function likePattern(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

const WORDS_MAX = 12;

/** Each word of a text to search as such a pattern, for a search that every word has to match; null for no search. */
export function likeWords(text: string | undefined): string[] | null {
  const words = (text ?? '').split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? null : words.slice(0, WORDS_MAX).map((word) => likePattern(word)!);
}
