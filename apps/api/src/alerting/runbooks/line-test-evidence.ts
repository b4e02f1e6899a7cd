import type { Action, RunbookRun } from '@loopstart/contracts';
import type { EvidenceItem } from '@loopstart/domain';

const OVER: ReadonlySet<Action['state']> = new Set(['succeeded', 'failed', 'refused', 'expired', 'cancelled']);
/** Longer than any line test takes; the run ends without it. */
const PATIENCE_MS = 60_000;

/** Names in the result of a line test that are measurements of the line. */
const MEASURED = ['lineVoltageV', 'loopCurrentMa', 'ringVoltageV'] as const;

/** What came of the line test so far: still running, or its evidence and how it ended. Pure. */
export function lineTestOutcome(
  action: Action,
  startedAtMs: number,
  nowMs: number,
): { lineTest: RunbookRun['lineTest']; evidence: EvidenceItem[] } | 'running' {
  const actionId = action.id;
  if (!OVER.has(action.state)) {
    if (nowMs - startedAtMs < PATIENCE_MS) return 'running';
    return {
      lineTest: { state: 'failed', reason: 'The line test did not end within a minute.', actionId },
      evidence: [],
    };
  }
  const { lineTest: test, reason, result } = action;
  if (test === null)
    return {
      lineTest: { state: 'failed', reason: reason ?? 'The line test was not carried out.', actionId },
      evidence: [],
    };
  const at = Date.parse(test.testedAt);
  const hasVerdict = test.verdict === 'pass' || test.verdict === 'fail';
  return {
    lineTest: { state: 'done', reason: null, actionId },
    evidence: [
      {
        key: 'lineTestPassed',
        value: hasVerdict ? test.verdict === 'pass' : null,
        reason: hasVerdict ? null : test.verdict === 'not-measurable' ? 'not-supported' : 'invalid-value',
        at,
        source: 'line-test',
      },
      { key: 'lineTestReason', value: test.reason, reason: null, at, source: 'line-test' },
      { key: 'lineTestText', value: test.text, reason: null, at, source: 'line-test' },
      ...MEASURED.flatMap((key): EvidenceItem[] => {
        const value = result[key];
        return typeof value === 'number' ? [{ key, value, reason: null, at, source: 'line-test' }] : [];
      }),
    ],
  };
}

/** Evidence of the line test over what a poll said of the same thing. */
export function withLineTest(evidence: readonly EvidenceItem[], tested: readonly EvidenceItem[]): EvidenceItem[] {
  const newer = new Set(tested.map(({ key }) => key));
  return [...evidence.filter(({ key }) => !newer.has(key)), ...tested];
}
