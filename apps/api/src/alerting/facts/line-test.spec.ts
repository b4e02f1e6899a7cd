import { expect, test } from 'vitest';
import { lineTestVerdict } from './line-test.ts';

const updated_at = new Date(5);
test.for<[string, { state: string; reason: string | null; result: Record<string, unknown> }, boolean | null]>([
  ['one that went well', { state: 'succeeded', reason: null, result: { loopCurrentMa: 22 } }, true],
  [
    'a fault that the gateway found',
    { state: 'failed', reason: 'The gateway says that it failed.', result: {} },
    false,
  ],
  ['no exchange line', { state: 'succeeded', reason: null, result: { exchangeLine: 'disconnected' } }, false],
  ['one that was not run', { state: 'failed', reason: 'The gateway did not answer.', result: {} }, null],
])('%s', ([, row, passed]) => {
  expect(lineTestVerdict({ ...row, updated_at })?.passed ?? null).toBe(passed);
});

test('what was measured is told, what was not is left out', () => {
  const result = { loopCurrentMa: 22, lineVoltageV: null };
  expect(lineTestVerdict({ state: 'succeeded', reason: null, result, updated_at })).toEqual({
    at: 5,
    passed: true,
    text: 'The line test passed: loopCurrentMa 22.',
  });
});
