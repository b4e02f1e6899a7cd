/**
 * A value of JSON in its one canonical form (RFC 8785): no blanks, keys in the order of their UTF-16 code units, numbers
 * and texts as ECMAScript writes them. Two parties that hash the same value hash the same bytes. Throws RangeError on
 * what JSON cannot express: it would be hashed as something else.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number of JSON`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError(`${typeof value} is no value of JSON`);
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields).toSorted((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${text(key)}:${canonicalJson(fields[key])}`).join(',')}}`;
}

/** RFC 8785, section 3.2.2.2: half of a surrogate pair is an error, since UTF-8 has no bytes for it. */
function text(value: string): string {
  if (!value.isWellFormed()) throw new RangeError('a text contains half of a surrogate pair');
  return JSON.stringify(value);
}
