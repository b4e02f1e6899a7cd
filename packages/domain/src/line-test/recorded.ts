import { judgeLineTest, type LineTestInput, type LineTestVerdict } from './judge.ts';

/** How agents before the reading `outcome` report a test that the gateway called failed. */
export const FAILED_BY_OLDER_AGENTS = 'The gateway says that it failed.';

interface RecordedTest {
  state: string;
  reason: string | null;
  result: Readonly<Record<string, unknown>>;
}

/** Whether the gateway carried the test out, with whatever result. */
export function wasCarriedOut({ state, reason }: Pick<RecordedTest, 'state' | 'reason'>): boolean {
  return state === 'succeeded' || (state === 'failed' && reason === FAILED_BY_OLDER_AGENTS);
}

/** The verdict of a line test as it is recorded; null where the gateway did not carry it out, or not yet. */
export function judgeRecordedTest(
  recorded: RecordedTest,
  about: Pick<LineTestInput, 'model' | 'device'>,
): LineTestVerdict | null {
  if (!wasCarriedOut(recorded)) return null;
  const { state, result } = recorded;
  return judgeLineTest({ ...about, values: state === 'failed' ? { ...result, outcome: 'failed' } : result });
}
