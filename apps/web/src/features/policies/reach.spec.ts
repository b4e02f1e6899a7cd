import type { Policy } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { reachTitle, remedy } from './reach.ts';

const problem = (code: Policy['reach']['problems'][number]['code']) => ({ code, text: 'x', at: null });

test.for([
  [true, [], null],
  [false, ['nobody', 'channel-disabled'], 'Notifies nobody'],
  [false, ['schedule-gap'], 'Notifies nobody at times'],
  [true, ['person-gone'], 'Does not reach all recipients'],
] as const)('ok %s with problems %j: %s', ([ok, codes, title]) => {
  expect(reachTitle({ ok, problems: codes.map(problem) })?.title ?? null).toBe(title);
});

test('each problem leads to where it is put right', () => {
  expect(remedy('schedule-gap').href).toBe('/alerting/schedules');
  expect(remedy('channel-disabled').href).toBe('/alerting/channels');
});
