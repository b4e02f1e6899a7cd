import { ACTION_STATES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { isFinal } from '../../lib/words/action.ts';
import { progressOf } from './progress.ts';

describe('how far an action is', () => {
  test.for(ACTION_STATES)('%s ends exactly where it moves no further', (state) => {
    const progress = progressOf(state);
    expect(progress.end !== 'none').toBe(isFinal(state));
    expect(progress.done).toBeGreaterThan(0);
    expect(progress.done).toBeLessThanOrEqual(progress.of);
  });

  test('it only moves forward', () => {
    const done = (['queued', 'sent', 'running', 'succeeded'] as const).map((state) => progressOf(state).done);
    expect(done).toEqual([1, 2, 3, 4]);
  });
});
