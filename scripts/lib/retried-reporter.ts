import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase } from 'vitest/node';

/** Names every test that passed only on a retry: a fault to examine, not a pass. */
export default class RetriedReporter implements Reporter {
  onTestCaseResult(testCase: TestCase): void {
    const retries = testCase.diagnostic()?.retryCount ?? 0;
    const file = process.env.LOOPSTART_RETRIED_FILE;
    if (retries > 0 && testCase.ok() && file !== undefined)
      appendFileSync(file, `${testCase.module.relativeModuleId} > ${testCase.fullName} (tried ${retries + 1} times)\n`);
  }
}
