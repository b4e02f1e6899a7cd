import { LINE_TEST_VERDICTS } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { LINE_TEST_VERDICT_WORDS, resultWords } from './line-test.ts';

test('every verdict has words of its own, and only a pass is marked as well', () => {
  const words = LINE_TEST_VERDICTS.map((verdict) => LINE_TEST_VERDICT_WORDS[verdict]);
  expect(new Set(words.map(({ label }) => label)).size).toBe(LINE_TEST_VERDICTS.length);
  expect(words.filter(({ severity }) => severity === 'ok')).toEqual([LINE_TEST_VERDICT_WORDS.pass]);
});

test('results of other actions are named with their unit, and raw keys are not shown', () => {
  expect(resultWords({ uptimeS: 7, lineVoltageV: 0, something: 'x', nothing: null })).toEqual([
    { label: 'Uptime after the restart', value: 7, unit: 's' },
  ]);
});
