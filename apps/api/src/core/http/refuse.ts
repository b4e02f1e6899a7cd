import { ProblemError } from './problem-error.ts';

/** An `invalid-input` problem that names the invalid member of the request, for rules that a schema cannot express. */
export function refused(path: string, expected: string): ProblemError {
  return new ProblemError('invalid-input', { fields: [{ path, expected }] });
}

/** Longest range of a calendar or preview. */
const RANGE_DAYS_MAX = 62;

/** The range as ms. Throws `invalid-input` where it is empty or longer than 62 days. */
export function rangeOf(query: { from: string; to: string }): { from: number; to: number } {
  const from = Date.parse(query.from);
  const to = Date.parse(query.to);
  if (to <= from) throw refused('query.to', 'later than from');
  if (to - from > RANGE_DAYS_MAX * 86_400_000) throw refused('query.to', `at most ${RANGE_DAYS_MAX} days after from`);
  return { from, to };
}
