import { judgeLineTest, type LineTestInput, type LineTestVerdict } from './judge.ts';

/** Text by which agents older than the reading `outcome` report a test that failed on the gateway. */
export const FAILED_BY_OLDER_AGENTS = 'The gateway says that it failed.';

interface RecordedTest {
  state: string;
  reason: string | null;
  result: Readonly<Record<string, unknown>>;
}

/** Whether the gateway carried out the test, with any result. */
export function wasCarriedOut({ state, reason }: Pick<RecordedTest, 'state' | 'reason'>): boolean {
  return state === 'succeeded' || (state === 'failed' && reason === FAILED_BY_OLDER_AGENTS);
}

/** The verdict of a recorded line test; null where the gateway did not carry it out, or has not finished. */
export function judgeRecordedTest(
  recorded: RecordedTest,
  about: Pick<LineTestInput, 'model' | 'device'>,
): LineTestVerdict | null {
  if (!wasCarriedOut(recorded)) return null;
  const { state, result } = recorded;
  return judgeLineTest({ ...about, values: state === 'failed' ? { ...result, outcome: 'failed' } : result });
}
