import type { Action } from '@loopstart/contracts';
import type { LineTestVerdictWord, Severity } from '@loopstart/domain';
import { t } from '../../messages/states.ts';

/** Verdicts of a line test as people read them, with the mark beside them. */
export const LINE_TEST_VERDICT_WORDS: Record<LineTestVerdictWord, { label: string; severity: Severity }> = {
  pass: { label: t('passed'), severity: 'ok' },
  fail: { label: t('failed'), severity: 'major' },
  inconclusive: { label: t('inconclusive'), severity: 'unknown' },
  'not-measurable': { label: t('notMeasurable'), severity: 'unknown' },
};

/** Results of other actions; what has no name here is for machines. */
const RESULTS: Readonly<Record<string, { label: string; unit: string }>> = {
  uptimeS: { label: t('uptimeAfterRestart'), unit: 's' },
};

/** What came of an action other than a line test, in words; what a gateway did not tell is left out. */
export function resultWords(result: Action['result']): { label: string; value: number | string; unit: string }[] {
  return Object.entries(result).flatMap(([name, value]) => {
    const known = RESULTS[name];
    if (known === undefined || value === null) return [];
    return [{ ...known, value: typeof value === 'boolean' ? (value ? t('yes') : t('no')) : value }];
  });
}
