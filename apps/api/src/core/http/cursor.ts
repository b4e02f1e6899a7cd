import { ProblemError } from './problem-error.ts';

/** An opaque cursor for the row after which the next page begins. */
export function encodeCursor(values: (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor made by `encodeCursor` with `length` values; null for none. Throws `invalid-input` naming the cursor. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' || typeof value === 'number')
    )
      return values;
  } catch {
    // Falls through to the refusal below.
  }
  throw new ProblemError('invalid-input', {
    fields: [{ path: 'query.cursor', expected: 'the nextCursor of an earlier answer' }],
  });
}

/** Cuts the extra row that tells whether there is a next page, and makes its cursor. */
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
