import { count } from '../../lib/format/number.ts';
import { NONE_FOUND } from '../../ui/multi-choice.tsx';

/** What is to know about a list of what a search found: that it is not all, or empty. */
export function foundNote(found: { shown: number; total: number } | undefined, failed: boolean): string | undefined {
  if (found === undefined) return failed ? 'The list could not be fetched.' : 'Searching…';
  if (found.total === 0) return NONE_FOUND;
  if (found.shown >= found.total) return undefined;
  return `${count(found.shown)} of ${count(found.total)} shown. Type part of the name to find the others.`;
}
