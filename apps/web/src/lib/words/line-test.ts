import type { Action } from '@loopstart/contracts';
import type { LineTestVerdictWord, Severity } from '@loopstart/domain';

/** Verdicts of a line test as people read them, with the mark beside them. */
export const LINE_TEST_VERDICT_WORDS: Record<LineTestVerdictWord, { label: string; severity: Severity }> = {
  pass: { label: 'Passed', severity: 'ok' },
  fail: { label: 'Failed', severity: 'major' },
  inconclusive: { label: 'No verdict', severity: 'unknown' },
  'not-measurable': { label: 'Not measurable', severity: 'unknown' },
};

/** Results of other actions; what has no name here is for machines. */
const RESULTS: Readonly<Record<string, { label: string; unit: string }>> = {
  uptimeS: { label: 'Up time after the restart', unit: 's' },
};

/** What came of an action other than a line test, in words; what a gateway did not tell is left out. */
export function resultWords(result: Action['result']): { label: string; value: number | string; unit: string }[] {
  return Object.entries(result).flatMap(([name, value]) => {
    const known = RESULTS[name];
    if (known === undefined || value === null) return [];
    return [{ ...known, value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : value }];
  });
}
